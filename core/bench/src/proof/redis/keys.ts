import { NO_TENANT } from "@fangshi/kernel"
import Redis from "ioredis"
import type { Report } from "./report"
import type { Site } from "./site"

/** The queues of Medusa's event bus and workflow engine. */
const QUEUES = "(?:RedisEventBusService:events-queue|bull:(?:medusa-workflows|medusa-workflows-jobs|workflows-cleaner))"

/** Keys of the whole process, each with the reason why they carry no tenant. */
const PROCESS_WIDE: { key: RegExp; because: string }[] = [
  { key: new RegExp(`^${QUEUES}:(?:wait|paused|active|delayed|prioritized|completed|failed|stalled)$`), because: "ids of jobs, each of which carries its tenant" },
  { key: new RegExp(`^${QUEUES}:(?:id|pc|meta|marker|stalled-check)$`), because: "counters and marks of the queue" },
  { key: new RegExp(`^${QUEUES}:events$`), because: "BullMQ's diary of ids and states; nobody here reads it" },
  { key: /^bull:(?:medusa-workflows-jobs|workflows-cleaner):repeat(?::[^:]+)?$/, because: "the schedule, which is one for all shops and fans out when it is due" },
]

/** Tenants of the platform's own work and of the self-tests at start-up. */
const INTERNAL = ["__platform__", "wrap-one", "wrap-two"]

/** Sees every key, every job and every channel from the first moment on, also those that are gone a moment later. */
export class KeyWatch {
  private readonly keys = new Set<string>()
  private readonly channels = new Set<string>()
  private readonly jobs = new Map<string, string>()

  private constructor(private readonly clients: Redis[]) {}

  static async start(url: string): Promise<KeyWatch> {
    const [subscriber, plain] = [new Redis(url), new Redis(url)]
    const monitor = await plain.monitor()
    const watch = new KeyWatch([subscriber, plain, monitor])
    subscriber.on("pmessage", (_pattern: string, channel: string) => watch.keys.add(channel.slice(channel.indexOf(":") + 1)))
    await subscriber.psubscribe("__keyspace@0__:*")
    monitor.on("monitor", (_time: string, [command = "", key = "", ...values]: string[]) => watch.note(command.toLowerCase(), key, values))
    return watch
  }

  private note(command: string, key: string, values: string[]) {
    if (command === "publish" || command === "subscribe") this.channels.add(key)
    const data = /^hm?set$/.test(command) ? values[values.indexOf("data") + 1] : undefined
    if (data && values.includes("data")) this.jobs.set(key, /\\*"__tenant\\*":\\*"([^"\\]*)/.exec(data)?.[1] ?? NO_TENANT)
  }

  /** The keys, channels and jobs that carry no tenant and are no key of the whole process. */
  violations(tenants: string[]): string[] {
    const names = [...tenants, ...INTERNAL]
    const named = new RegExp(`(?:^|[:|])(?:${names.join("|")})[:|]`)
    const carried = (key: string) => names.includes(this.jobs.get(key.replace(/:lock$/, "")) ?? "")
    return [
      ...[...this.keys].filter((key) => !named.test(key) && !carried(key) && !PROCESS_WIDE.some((one) => one.key.test(key))).map((key) => `key ${key}`),
      ...[...this.jobs].filter(([, tenant]) => !names.includes(tenant)).map(([key]) => `job ${key}`),
      ...[...this.channels].filter((channel) => !named.test(channel)).map((channel) => `channel ${channel}`),
    ].sort()
  }

  get counts(): string {
    return `${this.keys.size} keys, ${this.jobs.size} jobs, ${this.channels.size} channels`
  }

  has(part: string): boolean {
    return [...this.keys, ...this.channels].some((key) => key.includes(part))
  }

  stop(): void {
    for (const client of this.clients) client.disconnect()
  }
}

/** What the watch must have seen, or its silence would say nothing; `of` is a tenant. */
const SEEN = (of: string) => [`sess:${of}:`, `medusa_lock:${of}:`, `${of}|dtrx:probe-steps:alike-1`, `${of}|orchestrator:probe-steps`, `bull:medusa-workflows:${of}|retry:`, `bull:medusa-workflows:${of}|step_timeout:`, `staging:${of}`]

export async function proveKeys(site: Site, watch: KeyWatch, report: Report): Promise<string> {
  const tenants = [...site.shops.map(({ tenant }) => tenant.id), site.suspended.id]
  for (const { tenant } of site.shops) for (const part of SEEN(tenant.id)) report.check(`there was a key ${part}…`, watch.has(part))
  const violations = watch.violations(tenants)
  report.check("every key, channel and job carries its tenant", violations.length === 0, `${violations.length} do not: ${violations.slice(0, 40).join(", ")}`)
  return `${watch.counts}; ${PROCESS_WIDE.length} kinds of keys are the process's`
}
