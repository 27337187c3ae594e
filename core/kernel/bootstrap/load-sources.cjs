/**
 * Given to Node with --require: our own TypeScript is loaded through tsx, packages by Node alone. tsx would look for
 * TypeScript behind each of the thousands of modules of Medusa. What Node compiles and finds for them is kept, and what
 * Medusa names but a server does not use is loaded when it is used.
 */
const { createHash } = require("node:crypto")
const { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } = require("node:fs")
const Module = require("node:module")
const path = require("node:path")
const { isMainThread } = require("node:worker_threads")
const { LATE, latePackage, shapeOf } = require("../src/tenancy/late-packages.cjs")

const ROOT = path.resolve(__dirname, "../../..")
const PACKAGES = realpathSync(path.join(ROOT, "node_modules")) + path.sep
const PACKAGE_SCRIPT = /[\\/]node_modules[\\/].*\.c?js$/
/** Other answers for the same question: nothing is kept then. */
const ASKS_OTHERWISE = /(?:^|\s)(?:--conditions|-C|--preserve-symlinks)/.test([...process.execArgv, process.env.NODE_OPTIONS ?? ""].join(" "))

/** It is about the packages of this clone, so it lies in the clone; where that is read-only, in the data folder. */
function cacheFolder() {
  const folders = [path.join(ROOT, ".data"), ...(process.env.FANGSHI_DATA ? [path.resolve(process.env.FANGSHI_DATA)] : [])].map((data) => path.join(data, "cache"))
  const writable = folders.find((folder) => {
    try {
      mkdirSync(folder, { recursive: true })
      accessSync(folder, constants.W_OK)
      return true
    } catch {
      return false
    }
  })
  return writable ?? folders[0]
}

/** By what npm has installed and who looks: null where npm has left no record. */
function installed() {
  try {
    return createHash("sha256").update(readFileSync(path.join(PACKAGES, ".package-lock.json"))).update(`${process.version} ${process.platform} ${PACKAGES}`).digest("hex")
  } catch {
    return null
  }
}

const nothing = () => ({ found: new Map(), shapes: new Map() })

/** What a run before us has found, if all of it can be so. */
function remembered(file, key) {
  try {
    const { of, found, shapes } = JSON.parse(readFileSync(file, "utf8"))
    const fits = of === key && found.every(([asked, answer]) => typeof asked === "string" && path.join(PACKAGES, answer).startsWith(PACKAGES)) && shapes.every(([request, { names }]) => typeof request === "string" && names.every((name) => typeof name === "string"))
    return fits ? { found: new Map(found), shapes: new Map(shapes) } : nothing()
  } catch {
    // None yet, or not one that we have written.
    return nothing()
  }
}

function keep(file, content) {
  const making = `${file}.${process.pid}`
  try {
    writeFileSync(making, content)
    renameSync(making, file)
  } catch {
    // The next start looks everything up again, as this one did.
    if (existsSync(making)) rmSync(making)
  }
}

const plainResolve = Module._resolveFilename
const plainScript = Module._extensions[".js"]
const folder = cacheFolder()
// Node 20 has none.
Module.enableCompileCache?.(path.join(folder, "compiled"))
require("tsx/cjs")
require("tsx/esm")
Module.setSourceMapsSupport?.(true, { nodeModules: false, generatedCode: false })
const ourResolve = Module._resolveFilename
const ourScript = Module._extensions[".js"]

const key = ASKS_OTHERWISE ? null : installed()
const file = path.join(folder, "packages.json")
const { found, shapes } = key ? remembered(file, key) : nothing()
let learnt = false

/** The file that Node finds from a package; throws where it finds none. */
function resolveFromPackage(request, parent, isMain, options) {
  if (!key || options?.paths || !parent.filename.startsWith(PACKAGES)) return plainResolve(request, parent, isMain, options)
  const asked = `${path.dirname(parent.filename).slice(PACKAGES.length)}\0${request}`
  const known = found.get(asked)
  if (known !== undefined) {
    const answer = PACKAGES + known
    if (answer in Module._cache || existsSync(answer)) return answer
  }
  const answer = plainResolve(request, parent, isMain, options)
  if (answer.startsWith(PACKAGES)) {
    found.set(asked, answer.slice(PACKAGES.length))
    learnt = true
  }
  return answer
}

Module._resolveFilename = (request, parent, isMain, options) => {
  if (!PACKAGE_SCRIPT.test(parent?.filename ?? "")) return ourResolve(request, parent, isMain, options)
  try {
    return resolveFromPackage(request, parent, isMain, options)
  } catch {
    // A package that loads a plugin by name, as Medusa does: it may be TypeScript.
    return ourResolve(request, parent, isMain, options)
  }
}

/** Has the module load what it names in LATE when it is used. The first run of all loads it at once and looks at it: what is asked before it is loaded has to be answered. */
function loadLate(module, requests) {
  const load = module.require
  module.require = (request) => {
    if (!requests.includes(request)) return load.call(module, request)
    const shape = shapes.get(request)
    if (shape) return latePackage(shape, () => load.call(module, request))
    const loaded = load.call(module, request)
    shapes.set(request, shapeOf(loaded))
    learnt = true
    return loaded
  }
}

Module._extensions[".js"] = (module, filename) => {
  const requests = filename.startsWith(PACKAGES) && LATE.get(filename.slice(PACKAGES.length).replaceAll("\\", "/"))
  if (key && requests) loadLate(module, requests)
  return (PACKAGE_SCRIPT.test(filename) ? plainScript : ourScript)(module, filename)
}

if (key && isMainThread) process.once("exit", () => learnt && keep(file, JSON.stringify({ of: key, found: [...found], shapes: [...shapes] })))
