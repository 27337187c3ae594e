import { completeCartWorkflow } from "@medusajs/medusa/core-flows"
import { deliveryOf, nowInShop } from "../../delivery/delivery"

// In the unit of work that completes the cart (adr/0004): what is locked here is locked until the order is written.
completeCartWorkflow.hooks.validate(async ({ input }, { container }) => {
  await deliveryOf(container).agree(input.id, await nowInShop(container))
})
