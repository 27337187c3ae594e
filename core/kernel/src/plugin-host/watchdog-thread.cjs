// Runs in a thread of its own, since it watches the thread in which all else runs. Plain JavaScript: it starts without a loader.
const { appendFileSync, writeSync } = require("node:fs")
const { Session } = require("node:inspector")
const { parentPort, workerData } = require("node:worker_threads")

const { beat, limit_ms, file, mayTerminate } = workerData
const beats = new Int32Array(beat)
const LOOK_MS = Math.min(250, limit_ms / 4)

let last = Atomics.load(beats, 0)
let since = Date.now()
let looking = false

setInterval(() => {
  const now = Atomics.load(beats, 0)
  if (now !== last) {
    last = now
    since = Date.now()
    return
  }
  if (looking || Date.now() - since < limit_ms) return
  looking = true
  interrupt()
}, LOOK_MS)

function interrupt() {
  const session = new Session()
  session.connectToMainThread()
  const leave = () => {
    session.post("Debugger.resume")
    session.post("Debugger.disable", () => {
      session.disconnect()
      since = Date.now()
      looking = false
    })
  }
  session.once("Debugger.paused", ({ params }) => {
    const at = { callFrameId: params.callFrames[0].callFrameId, expression: `globalThis[Symbol.for("fangshi.plugin_work")]?.() ?? ""`, returnByValue: true }
    session.post("Debugger.evaluateOnCallFrame", at, (error, answer) => {
      const work = error ? "" : String(answer.result.value ?? "")
      const seconds = Math.round((Date.now() - since) / 1000)
      if (!work) {
        say({ seconds, msg: "the event loop is blocked, and by no plugin" })
        return leave()
      }
      const blocked = { ...JSON.parse(work), seconds }
      // Written first: without the next step there may be no later one.
      appendFileSync(file, `${JSON.stringify(blocked)}\n`)
      say({ ...blocked, msg: mayTerminate ? "a plugin blocked the event loop; what it ran was ended" : "a plugin blocked the event loop; the process is ended" })
      if (!mayTerminate) process.kill(process.pid, "SIGKILL")
      session.post("Runtime.terminateExecution")
      leave()
      parentPort.postMessage(blocked)
    })
  })
  session.post("Debugger.enable")
  session.post("Debugger.pause")
}

// The log of the process belongs to the thread that does not answer.
const say = (line) => writeSync(2, `${JSON.stringify({ level: 50, time: new Date().toISOString(), ...line })}\n`)
