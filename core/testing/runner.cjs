const { default: TestRunner } = require("jest-runner")

/** What measures time runs when all else is done, alone on the machine: beside others it would measure them. */
module.exports = class extends TestRunner {
  async runTests(tests, watcher, options) {
    const isTimed = (test) => test.path.endsWith(".timed.spec.ts")
    await super.runTests(tests.filter((test) => !isTimed(test)), watcher, options)
    for (const test of tests.filter(isTimed)) await super.runTests([test], watcher, options)
  }
}
