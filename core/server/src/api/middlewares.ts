import { defineMiddlewares } from "@medusajs/framework/http"
import { medusaErrors } from "../front-door/medusa-errors"
import { staffGate } from "../workbench/staff-gate"

/** Medusa's place for the one error handler of its routes, for who may call /admin, and for bodies larger than its 100 kB: long articles in two languages. */
export default defineMiddlewares({
  errorHandler: medusaErrors,
  routes: [
    // Without a method, and so before every route and every other middleware of one.
    { matcher: "/admin", middlewares: [staffGate] },
    { matcher: "/admin/storefront/*", method: ["POST"], bodyParser: { sizeLimit: "1mb" } },
  ],
})
