import { defineMiddlewares } from "@medusajs/framework/http"
import { codesInBody } from "../coupons/codes-in-body"
import { medusaErrors } from "../front-door/medusa-errors"
import { customersOnly, maybeCustomer, stillMember } from "../members/member"
import { staffGate } from "../workbench/staff-gate"

/** Medusa's place for the one error handler of its routes, for bodies larger than its 100 kB (long articles in two languages), and for who may enter. */
export default defineMiddlewares({
  errorHandler: medusaErrors,
  routes: [
    // Without a method, and so before every route and every other middleware of one.
    { matcher: "/admin", middlewares: [staffGate] },
    { matcher: "/admin/storefront/*", method: ["POST"], bodyParser: { sizeLimit: "1mb" } },
    { matcher: "/store/members/me*", middlewares: [customersOnly, stillMember] },
    { matcher: "/store/members/erasure*", middlewares: [customersOnly] },
    { matcher: "/store/carts*", method: ["POST"], middlewares: [codesInBody] },
    // A picture is no JSON: its route reads the bytes itself.
    { matcher: "/store/members/me/review-pictures", method: ["POST"], bodyParser: false },
    { matcher: "/admin/workbench/products/:id/pictures", method: ["POST"], bodyParser: false },
    { matcher: "/store/orders/:id/after-sales*", middlewares: [maybeCustomer] },
    { matcher: "/store/orders/:id/after-sales/pictures", method: ["POST"], bodyParser: false },
    // Medusa's own rooms of a member: it would let the token of an erased account in.
    { matcher: "/store/customers/me*", middlewares: [customersOnly, stillMember] },
    { matcher: "/store/orders", method: ["GET"], middlewares: [customersOnly, stillMember] },
  ],
})
