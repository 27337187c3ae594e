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
]

/** Answers 404 on the closed routes. */
export const closedRoutes: RequestHandler = (req, res, next) => {
  const path = req.path.toLowerCase()
  if (CLOSED.some(({ under }) => path === under || path.startsWith(`${under}/`))) return answerError(req, res, new FangshiError("NOT_FOUND"))
  next()
}
