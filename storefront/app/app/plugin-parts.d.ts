declare module "virtual:fangshi-plugins" {
  import type { PluginStorefront } from "@fangshi/storefront-kit"

  const plugins: [name: string, parts: PluginStorefront][]
  export default plugins
}
