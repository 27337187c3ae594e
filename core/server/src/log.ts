import { currentPlugin } from "@fangshi/kernel/src/plugin-host/running"
import { currentTenant } from "@fangshi/kernel/src/tenancy/context"
import pino from "pino"

/** Personal data and secrets never reach a log line. */
const REDACT = ["password", "*.password", "token", "*.token", "authorization", "headers.authorization", "headers.cookie", "phone", "*.phone", "email", "*.email"]

/** Every line carries its tenant, and the plugin whose code wrote it. */
export const log = pino(
  {
    level: process.env.FANGSHI_LOG_LEVEL || "info",
    redact: { paths: REDACT, censor: "[hidden]" },
    mixin: () => ({ tenant: currentTenant() || undefined, plugin: currentPlugin() ?? undefined }),
    timestamp: pino.stdTimeFunctions.isoTime,
  },
  pino.destination({ dest: process.env.FANGSHI_LOG_FILE || 1, mkdir: true, sync: true }),
)

/** A workflow throws what its step threw after a trip through JSON: an object that is no Error any more. */
const textOf = (message: unknown) => (message instanceof Error || typeof message !== "object" || message === null ? String(message) : String((message as { message?: unknown }).message ?? "error"))

/** The shape Medusa's code logs through. */
export const medusaLogger = {
  panic: (data: unknown) => log.fatal(data as object),
  shouldLog: (level: string) => level !== "http" && log.isLevelEnabled(level),
  setLogLevel: (level: string) => void (log.level = level === "http" ? "info" : level),
  unsetLogLevel: () => void (log.level = "info"),
  activity: (message: string) => {
    log.debug(message)
    return message
  },
  progress: (_id: string, message: string) => log.debug(message),
  error: (message: unknown, error?: Error) => log.error({ err: error ?? (typeof message === "object" ? message : undefined) }, textOf(message)),
  failure: (_id: string, message: string) => {
    log.error(message)
    return null
  },
  success: (_id: string, message: string) => {
    log.debug(message)
    return {}
  },
  silly: (message: string) => log.trace(message),
  debug: (message: string) => log.debug(message),
  verbose: (message: string) => log.trace(message),
  http: (message: string) => log.debug(message),
  info: (message: string) => log.info(message),
  warn: (message: string) => log.warn(message),
  log: (message?: string) => log.info(message ?? ""),
}
