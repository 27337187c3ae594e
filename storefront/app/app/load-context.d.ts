/// <reference types="vite/client" />
import type { ShopContext } from "@fangshi/contracts"

declare module "react-router" {
  interface AppLoadContext {
    shop: ShopContext
    /** Of the parts of every plugin in the build, of every theme and of every language's texts, the address of their script. */
    scripts: Readonly<Record<"plugins" | "themes" | "texts", Readonly<Record<string, string>>>>
    /** Where errors of a page are written down. */
    onError: (error: unknown) => void
  }
}
