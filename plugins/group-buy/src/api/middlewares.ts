import { membersOnly } from "@fangshi/kernel"
import { defineMiddlewares } from "@medusajs/framework/http"

/** Who may join, and see what is their own. Everything else in the store is for everybody. */
export default defineMiddlewares({
  routes: [
    { matcher: "/store/group-buy/campaigns/:id/join", middlewares: membersOnly },
    { matcher: "/store/group-buy/participations*", middlewares: membersOnly },
    { matcher: "/store/group-buy/leader*", middlewares: membersOnly },
  ],
})
