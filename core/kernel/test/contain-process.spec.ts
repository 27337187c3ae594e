import { spawn } from "node:child_process"
import path from "node:path"
import { OWN_SOURCES } from "../src/own-sources"

const REPOSITORY = path.resolve(__dirname, "../../..")

/** Runs a program in which the containment is on; its plugins are what `asPlugin` runs and the files in a folder called plugin. */
function ending(program: string): Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string }> {
  const start = `
    const { containProcess } = require("@fangshi/kernel/src/plugin-host/contain-process")
    const { asPlugin } = require("@fangshi/kernel/src/plugin-host/running")
    const said = []
    const letGo = containProcess({ ownerOf: (file) => (/\\/plugin\\//.test(file) ? "by-file" : null), guard: { fail: (doing, error) => said.push(doing.plugin + ": " + error.message) } })
    const plugin = (work) => asPlugin({ plugin: "one", tenant: "a", kind: "job" }, work)
    const from = (file) => Object.assign(new Error("from a file"), { stack: "Error: from a file\\n    at thing (" + file + ":1:2)" })
    setTimeout(() => { console.log(said.join()); letGo(); process.exit(9) }, 300)
  `
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...OWN_SOURCES, "-e", start + program], { cwd: REPOSITORY, env: { ...process.env, NODE_OPTIONS: "" }, stdio: ["ignore", "pipe", "ignore"] })
    let out = ""
    child.stdout.on("data", (part: Buffer) => (out += part.toString()))
    child.once("error", reject)
    child.once("exit", (code, signal) => resolve({ code, signal, out: out.trim() }))
  })
}

describe("a process that contains its plugins", () => {
  it.each([
    ["what a plugin throws in a timer", `plugin(() => setTimeout(() => { throw new Error("timer") }))`, "one: timer"],
    ["what a plugin rejects and nobody catches", `plugin(() => setTimeout(() => Promise.reject(new Error("rejected"))))`, "one: rejected"],
    ["an error out of a plugin's file", `setTimeout(() => { throw from("/srv/plugin/src/a.ts") })`, "by-file: from a file"],
    ["a plugin that ends it", `plugin(() => setTimeout(() => process.exit(3)))`, "one: process.exit() was called,one: process.exit() was called"],
    ["a plugin that kills it", `plugin(() => { try { process.kill(process.pid, "SIGKILL") } catch {} })`, "one: process.kill() was called"],
  ])("outlives %s", async (_what, program, said) => {
    expect(await ending(program)).toEqual({ code: 9, signal: null, out: said })
  })

  it.each([
    ["what nobody's code throws", `setTimeout(() => { throw new Error("ours") })`, 1],
    ["what nobody's code rejects", `setTimeout(() => Promise.reject(new Error("ours")))`, 1],
    ["an error out of another file", `setTimeout(() => { throw from("/srv/core/src/a.ts") })`, 1],
    ["its own end", `setTimeout(() => process.exit(4))`, 4],
  ])("ends by %s", async (_what, program, code) => {
    expect(await ending(program)).toEqual({ code, signal: null, out: "" })
  })

  it("lets a plugin ask whether a process is there", async () => {
    expect(await ending(`plugin(() => said.push("there " + process.kill(process.pid, 0)))`)).toEqual({ code: 9, signal: null, out: "there true" })
  })
})
