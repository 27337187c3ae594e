/// <reference types="vite/client" />
import type { ShopContext } from "@fangshi/contracts"

declare module "react-router" {
  interface AppLoadContext {
    shop: ShopContext
    /** Where errors of a page are written down. */
    onError: (error: unknown) => void
  }
}
