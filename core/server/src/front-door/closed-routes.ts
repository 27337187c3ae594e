import { FangshiError } from "@fangshi/contracts"
import type { RequestHandler } from "express"
import { answerError } from "./answer-error"

/** Routes Medusa mounts although what is behind them is off here. Open, they would answer 500 or, like /admin/index, never. */
const CLOSED: readonly { under: string; because: string }[] = [
  { under: "/admin/index", because: "the index module is off" },
  { under: "/admin/search", because: "the stock search module keeps one index for all shops" },
  { under: "/admin/rbac", because: "Enterprise Edition" },
  { under: "/cloud", because: "Medusa's own cloud" },
  { under: "/admin/cloud", because: "Medusa's own cloud" },
  { under: "/auth/mfa", because: "no second factor is configured" },
]

/** Roles of a user: Enterprise Edition. */
const USER_ROLES = /^\/admin\/users\/[^/]+\/roles(?:\/|$)/

/** Is the path, in any case of letters, one that is closed? */
export function isClosed(path: string): boolean {
  const asked = path.toLowerCase()
  return CLOSED.some(({ under }) => asked === under || asked.startsWith(`${under}/`)) || USER_ROLES.test(asked)
}

/** Answers 404 on the closed routes. */
export const closedRoutes: RequestHandler = (req, res, next) => {
  if (isClosed(req.path)) return answerError(req, res, new FangshiError("NOT_FOUND"))
  next()
}
