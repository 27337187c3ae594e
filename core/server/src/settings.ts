import { createHash, randomBytes } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { FangshiError } from "@fangshi/contracts"
import { PLUGIN_LIMITS, type PluginLimits } from "@fangshi/kernel/src/plugin-host/limits"
import { z } from "zod"
import { installedFolders } from "./plugin-host/installed"

/** Where the repository stands; the data folder is below it unless FANGSHI_DATA says otherwise. */
export const REPOSITORY = path.resolve(__dirname, "../../..")

export type Mode = "demo" | "production" | "test"

export type Settings = {
  mode: Mode
  port: number
  bind: string
  dataDir: string
  /** Login of the unprivileged role. */
  databaseUrl: string
  /** At least 32 characters; every tenant's secrets derive from it. */
  masterSecret: string
  cookieSecret: string
  poolMax: number
  redisUrl: string | null
  /** Plain addresses or CIDR blocks whose x-tenant and x-forwarded-* headers are believed. */
  trustedProxies: string[]
  /** Comma separated origins or /regex/, as Medusa takes them. */
  cors: string
  plugins: string[]
  pluginLimits: PluginLimits
  /** How long a plugin may keep the process from everything else. */
  pluginBlockMs: number
  /** Requests a minute that one client may make of one shop. */
  rateLimit: number
  /** For pages that all visitors share. */
  pageCacheBytes: number
  /** Off, browsers that have a service worker of a shop are rid of it. */
  serviceWorker: boolean
}

const seconds = (usual: number) => z.coerce.number().int().min(1).max(86_400).default(usual)

const environment = z.object({
  FANGSHI_MODE: z.enum(["demo", "production", "test"]).default("demo"),
  PORT: z.coerce.number().int().min(0).max(65535).default(9000),
  FANGSHI_BIND: z.string().default("127.0.0.1"),
  FANGSHI_DATA: z.string().optional(),
  FANGSHI_APP_DATABASE_URL: z.string().min(1),
  FANGSHI_MASTER_SECRET: z.string().optional(),
  FANGSHI_POOL_MAX: z.coerce.number().int().min(1).max(200).default(10),
  REDIS_URL: z.string().optional(),
  FANGSHI_TRUSTED_PROXIES: z.string().optional(),
  FANGSHI_CORS: z.string().optional(),
  FANGSHI_RATE_LIMIT: z.coerce.number().int().min(1).default(1200),
  FANGSHI_PLUGIN_REQUEST_SECONDS: seconds(PLUGIN_LIMITS.request),
  FANGSHI_PLUGIN_SUBSCRIBER_SECONDS: seconds(PLUGIN_LIMITS.subscriber),
  FANGSHI_PLUGIN_JOB_SECONDS: seconds(PLUGIN_LIMITS.job),
  FANGSHI_PLUGIN_BLOCK_SECONDS: seconds(10),
  FANGSHI_PAGE_CACHE_MB: z.coerce.number().int().min(0).max(16_384).default(64),
  FANGSHI_SERVICE_WORKER: z.enum(["on", "off"]).default("on"),
})

export const dataDirectory = (env: NodeJS.ProcessEnv = process.env): string => path.resolve(env.FANGSHI_DATA || path.join(REPOSITORY, ".data"))

/** Where the built shop pages are; another folder has to be inside storefront/app, whose packages they need. */
export const storefrontBuild = (): string => path.resolve(process.env.FANGSHI_STOREFRONT_BUILD || path.join(REPOSITORY, "storefront/app/build"))

const list = (text: string | undefined) => (text ?? "").split(",").map((part) => part.trim()).filter(Boolean)

/** Packages, by name or path, that the operator adds to those this deployment ships: by FANGSHI_PLUGINS and by `fangshi plugin add`. Throws for an installed one that is not as it was signed. */
export const operatorsPlugins = (env: NodeJS.ProcessEnv = process.env): string[] => [...list(env.FANGSHI_PLUGINS), ...installedFolders(dataDirectory(env))]

/** Three are set; what else there is goes with the nearest of them. */
const pluginLimits = (request: number, subscriber: number, job: number): PluginLimits => ({ request, middleware: request, subscriber, hook: subscriber, job, task: job })

const sub = (master: string, purpose: string) => createHash("sha256").update(`${purpose}:${master}`).digest("hex")

/** These say something by being empty: trust no proxy, and a mode that somebody forgot to fill in. */
const EMPTY_COUNTS = ["FANGSHI_TRUSTED_PROXIES", "FANGSHI_MODE"]

/** An empty line in a file of settings sets nothing. */
const given = (env: NodeJS.ProcessEnv) => Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== "" || EMPTY_COUNTS.includes(name)))

/** Reads the environment. Throws SECRET_MISSING or SECRET_WEAK in production mode: there is no default secret. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = environment.safeParse(given(env))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new FangshiError("REQUEST_INVALID", { field: `${issue?.path.join(".") ?? "environment"}: ${issue?.message ?? ""}` })
  }
  const e = parsed.data
  const dataDir = dataDirectory()
  if (e.FANGSHI_MODE === "production") assertProductionSecrets(env)
  const masterSecret = e.FANGSHI_MASTER_SECRET ?? localSecret(dataDir, "master-secret")
  return {
    mode: e.FANGSHI_MODE,
    port: e.PORT,
    bind: e.FANGSHI_BIND,
    dataDir,
    databaseUrl: e.FANGSHI_APP_DATABASE_URL,
    masterSecret,
    cookieSecret: sub(masterSecret, "cookie"),
    poolMax: e.FANGSHI_POOL_MAX,
    redisUrl: e.REDIS_URL ?? null,
    trustedProxies: e.FANGSHI_TRUSTED_PROXIES === undefined && e.FANGSHI_MODE !== "production" ? ["127.0.0.1", "::1"] : list(e.FANGSHI_TRUSTED_PROXIES),
    cors: e.FANGSHI_CORS ?? (e.FANGSHI_MODE === "production" ? "https://localhost" : String.raw`/^https?:\/\/([a-z0-9-]+\.)?localhost(:\d+)?$/`),
    plugins: operatorsPlugins(env),
    pluginLimits: pluginLimits(e.FANGSHI_PLUGIN_REQUEST_SECONDS, e.FANGSHI_PLUGIN_SUBSCRIBER_SECONDS, e.FANGSHI_PLUGIN_JOB_SECONDS),
    pluginBlockMs: e.FANGSHI_PLUGIN_BLOCK_SECONDS * 1_000,
    rateLimit: e.FANGSHI_RATE_LIMIT,
    pageCacheBytes: e.FANGSHI_PAGE_CACHE_MB * 1024 * 1024,
    serviceWorker: e.FANGSHI_SERVICE_WORKER === "on",
  }
}

// Words of examples and of documentation, and rows of keys: no random secret holds one.
const GUESSABLE = /secret|passw|changeme|default|example|medusa|fangshi|12345678|abcdefgh|qwerty/i
const REPEATED = /^(.+?)\1+$/s

const isWeak = (secret: string, least: number) => secret.length < least || GUESSABLE.test(secret) || REPEATED.test(secret) || new Set(secret).size < Math.min(10, least)

/** Secrets that may come from the environment, and the fewest characters of each in production mode. Only the first has to be there: the others are made at random. */
const SECRETS = [
  ["FANGSHI_MASTER_SECRET", 32],
  ["FANGSHI_APP_PASSWORD", 16],
  ["FANGSHI_OWNER_PASSWORD", 12],
] as const

function assertProductionSecrets(env: NodeJS.ProcessEnv) {
  if (!env.FANGSHI_MASTER_SECRET) throw new FangshiError("SECRET_MISSING", { name: "FANGSHI_MASTER_SECRET" })
  for (const [name, least] of SECRETS) {
    const given = env[name]
    if (given && isWeak(given, least)) throw new FangshiError("SECRET_WEAK", { name })
  }
}

/** Refuses an environment in which the platform could not run, before anything is started or written. Throws as readSettings does. */
export function assertEnvironment(env: NodeJS.ProcessEnv = process.env): void {
  readSettings({ ...env, FANGSHI_APP_DATABASE_URL: env.FANGSHI_APP_DATABASE_URL || "postgres:" })
}

/** A random secret of this machine, made once and kept below the data folder. Never used in production mode. */
export function localSecret(dataDir: string, name: string): string {
  const file = path.join(dataDir, "secrets", name)
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600 })
  }
  return readFileSync(file, "utf8").trim()
}
