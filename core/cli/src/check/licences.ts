import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import type { CheckStep } from "./findings"

/** Licences whose packages may be shipped with the product without asking anybody (SPDX names). */
export const ACCEPTED_LICENCES: ReadonlySet<string> = new Set([
  "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "OFL-1.1", "Python-2.0", "Unlicense", "Zlib",
])

type Exception = { packages: RegExp; licence: string; reason: string }

/** Packages that are accepted under another licence, each for a reason. `licence` must be what the package states, so that a change is noticed. */
export const LICENCE_EXCEPTIONS: readonly Exception[] = [
  {
    packages: /^@medusajs\/(?:core-flows|dashboard|framework|js-sdk|link-modules|medusa|types|utils)$/,
    licence: "SEE LICENSE IN LICENSE",
    reason: "MIT but for the Enterprise Edition materials, which are never switched on",
  },
  {
    packages: /^@medusajs\/(?:rbac|auth-oidc)$/,
    licence: "SEE LICENSE IN LICENSE",
    reason: "Enterprise Edition: installed by Medusa, never loaded (the rule no-enterprise-edition and a start-up test see to it)",
  },
  {
    packages: /^@medusajs\/admin-(?:bundler|shared|vite-plugin)$/,
    licence: "none",
    reason: "part of Medusa's MIT repository, published without the licence field",
  },
  { packages: /^connect-dynamodb$/, licence: "none", reason: "MIT in its LICENSE.txt, published without the licence field" },
  {
    packages: /^@img\/sharp-(?:libvips-[\w-]+|wasm32|win32-\w+)$/,
    licence: "LGPL-3.0-or-later",
    reason: "libvips as a shared library of its own, replaceable by the user, as the LGPL asks",
  },
  { packages: /^lightningcss(?:-[\w-]+)?$/, licence: "MPL-2.0", reason: "used unmodified; the MPL asks for nothing beyond its own files" },
  { packages: /^caniuse-lite$/, licence: "CC-BY-4.0", reason: "data for build tools; not part of what a shop serves" },
  { packages: /^spdx-exceptions$/, licence: "CC-BY-3.0", reason: "a list of names that npm's own packages read on the command line; no shop serves it" },
  {
    packages: /^node-(?:linux|darwin|win)-\w+$/,
    licence: "MIT",
    reason: "the Node.js binary: MIT, with the licences of its parts in its own LICENSE file",
  },
]

type LockEntry = { link?: boolean; dev?: boolean; license?: string }
type Manifest = { license?: string | { type?: string }; licenses?: { type?: string }[] }

/** Every package that ships with the product, against the accepted licences. */
export const licencesStep: CheckStep = {
  name: "licences",
  async run(rootDir) {
    const lock = JSON.parse(await readFile(path.join(rootDir, "package-lock.json"), "utf8")) as { packages: Record<string, LockEntry> }
    const shipped = Object.entries(lock.packages).filter(
      ([place, entry]) => place.includes("node_modules/") && !entry.link && !entry.dev,
    )
    const licences = await Promise.all(shipped.map(async ([place, entry]) => ({ place, licence: await statedLicence(rootDir, place, entry) })))
    return {
      problems: licences
        .filter(({ place, licence }) => !isAccepted(packageName(place), licence))
        .map(({ place, licence }) => `${place}: licence “${licence}” is neither accepted nor a named exception`),
    }
  },
}

/** Whether a package may be shipped under the licence it states, an SPDX expression or "none". */
export const isAccepted = (name: string, licence: string): boolean =>
  satisfies(licence, (term) =>
    ACCEPTED_LICENCES.has(term) || LICENCE_EXCEPTIONS.some((exception) => exception.licence === term && exception.packages.test(name)),
  )

// Not installed on this platform: the lock file remembers what the package states.
async function statedLicence(rootDir: string, place: string, entry: LockEntry): Promise<string> {
  const file = path.join(rootDir, place, "package.json")
  const manifest: Manifest = existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Manifest) : entry
  if (typeof manifest.license === "string") return manifest.license
  const old = manifest.license?.type ?? manifest.licenses?.map(({ type }) => type).join(" OR ")
  return old || "none"
}

const packageName = (place: string): string => place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length)

// AND binds tighter than OR; parentheses are resolved from the inside out.
function satisfies(expression: string, accepts: (term: string) => boolean): boolean {
  let flat = expression
  for (let inner = INNERMOST.exec(flat); inner; inner = INNERMOST.exec(flat)) {
    flat = flat.replace(inner[0], evaluate(inner[1] ?? "", accepts) ? YES : NO)
  }
  return evaluate(flat, accepts)
}

const INNERMOST = /\(([^()]*)\)/
const YES = "\u0001"
const NO = "\u0002"

const evaluate = (flat: string, accepts: (term: string) => boolean): boolean =>
  flat.split(/ OR /i).some((all) =>
    all.split(/ AND /i).every((term) => term.trim() === YES || (term.trim() !== NO && accepts(term.trim()))),
  )
