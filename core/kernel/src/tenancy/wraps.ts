import { FangshiError } from "@fangshi/contracts"
import type { Wrap, WrappedHost } from "./seam"
import { caching, legacyCaching } from "./wraps/caching"
import { discounts } from "./wraps/discounts"
import { entityRelations } from "./wraps/entity-relations"
import { eventTenant, subscribers } from "./wraps/events"
import { files } from "./wraps/files"
import { inviteSecret, jwtSecret } from "./wraps/jwt-secret"
import { locking } from "./wraps/locking"
import { pluginHooks, pluginJobs, pluginMiddlewares, pluginRoutes } from "./wraps/plugins"
import { providerCredentials } from "./wraps/provider-credentials"
import { purchases } from "./wraps/purchases"
import { queues } from "./wraps/queues"
import { referenceRows } from "./wraps/reference-rows"
import { expiredExecutions, scheduledWork } from "./wraps/scheduled-work"
import { sessions } from "./wraps/sessions"
import { upserts } from "./wraps/upserts"
import { workflowMemory } from "./wraps/workflow-memory"
import { workflowRedis } from "./wraps/workflow-redis"

/**
 * Every place where Medusa is wrapped in the running server. Each says why in `reason` and where in `seam`.
 * Not here, because they are not wraps of Medusa's code: the connection pool (pool.ts, registered as PG_CONNECTION)
 * and what concerns migrations only (migration.ts).
 */
export const WRAPS: readonly Wrap[] = [
  jwtSecret,
  inviteSecret,
  sessions,
  caching,
  legacyCaching,
  locking,
  eventTenant,
  subscribers,
  workflowMemory,
  workflowRedis,
  purchases,
  discounts,
  upserts,
  scheduledWork,
  expiredExecutions,
  queues,
  pluginRoutes,
  pluginMiddlewares,
  pluginJobs,
  pluginHooks,
  files,
  providerCredentials,
  entityRelations,
  referenceRows,
]

/** Before Medusa's loaders. */
export function wrapBeforeLoad(host: WrappedHost): void {
  for (const wrap of WRAPS) at(wrap, () => wrap.beforeLoad?.(host))
}

/** After Medusa's loaders: the remaining wraps, then the self-test of each. Throws SEAM_MOVED naming all that fail: whoever mends them after an upgrade wants to know them all. */
export async function wrapAfterLoad(host: WrappedHost): Promise<void> {
  for (const wrap of WRAPS) at(wrap, () => wrap.afterLoad?.(host))
  const failed: [Wrap, unknown][] = []
  for (const wrap of WRAPS) {
    try {
      await wrap.verify(host)
    } catch (error) {
      failed.push([wrap, error])
    }
  }
  if (failed.length) throw moved(failed)
}

function at(wrap: Wrap, work: () => void) {
  try {
    work()
  } catch (error) {
    throw error instanceof FangshiError ? error : moved([[wrap, error]])
  }
}

const moved = (failed: readonly (readonly [Wrap, unknown])[]) =>
  new FangshiError(
    "SEAM_MOVED",
    {
      seam: failed.map(([{ name, seam }]) => `${name} (${seam})`).join("; "),
      problem: failed.map(([, error]) => (error instanceof Error ? error.message : String(error))).join("; "),
      file: "core/kernel/src/tenancy/wraps.ts",
    },
    { cause: failed[0]?.[1] },
  )
