const { default: TestRunner } = require("jest-runner")

/** Begun last, one of these would have a worker to itself while the other had nothing left to do. A fresh clone knows only the sizes of files, and these are small. */
const LONG = /(?:\/wraps|\/accessibility\.browser|\/purchases\.http|\/concurrency\.tenancy|\/routes\.tenancy)\.spec\.ts$/

/** Long files first; what measures time when all else is done, alone on the machine: beside others it would measure them. */
module.exports = class extends TestRunner {
  async runTests(tests, watcher, options) {
    const isTimed = (test) => test.path.endsWith(".timed.spec.ts")
    const isLong = (test) => LONG.test(test.path)
    const together = tests.filter((test) => !isTimed(test))
    await super.runTests([...together.filter(isLong), ...together.filter((test) => !isLong(test))], watcher, options)
    for (const test of tests.filter(isTimed)) await super.runTests([test], watcher, options)
  }
}
