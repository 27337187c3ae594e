import { defineMiddlewares } from "@medusajs/framework/http"
import { medusaErrors } from "../front-door/medusa-errors"

/** Medusa's place for the one error handler of its routes, and for bodies larger than its 100 kB: long articles in two languages. */
export default defineMiddlewares({ errorHandler: medusaErrors, routes: [{ matcher: "/admin/storefront/*", method: ["POST"], bodyParser: { sizeLimit: "1mb" } }] })
