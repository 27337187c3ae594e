import { defineMiddlewares } from "@medusajs/framework/http"
import { medusaErrors } from "../front-door/medusa-errors"

/** Medusa's place for the one error handler of its routes. */
export default defineMiddlewares({ errorHandler: medusaErrors, routes: [] })
