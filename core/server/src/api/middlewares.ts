import { defineMiddlewares } from "@medusajs/framework/http"
import { medusaErrors } from "../front-door/medusa-errors"
import { customersOnly, stillMember } from "../members/member"

/** Medusa's place for the one error handler of its routes, for bodies larger than its 100 kB (long articles in two languages), and for who may enter. */
export default defineMiddlewares({
  errorHandler: medusaErrors,
  routes: [
    { matcher: "/admin/storefront/*", method: ["POST"], bodyParser: { sizeLimit: "1mb" } },
    { matcher: "/store/members/me*", middlewares: [customersOnly, stillMember] },
    { matcher: "/store/members/erasure*", middlewares: [customersOnly] },
    // Medusa's own rooms of a member: it would let the token of an erased account in.
    { matcher: "/store/customers/me*", middlewares: [customersOnly, stillMember] },
    { matcher: "/store/orders", method: ["GET"], middlewares: [customersOnly, stillMember] },
  ],
})
