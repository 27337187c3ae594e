/// <reference types="vite/client" />
import type { ShopContext } from "@fangshi/contracts"

declare module "react-router" {
  interface AppLoadContext {
    shop: ShopContext
  }
}
