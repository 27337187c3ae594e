import { ShopClient, type SharedShops, type TestTenant, control, createTenant, sharedShops, stockShop } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser } from "playwright-core"

/** The plugin of another's that is built in. */
export const NOTES = "medusa-plugin-notes"

export type Shop = { tenant: TestTenant; client: ShopClient }
export type ShopsWithNotes = {
  host: SharedShops
  browser: Browser
  newShop: (plugins: string[]) => Promise<Shop>
  switchTo: (shop: Shop, plugins: string[]) => Promise<unknown>
  addressOf: (tenant: TestTenant) => string
  close: () => Promise<void>
}

/** A host with the shop pages as an operator builds them who adds this plugin, shared by the specs, and a browser. */
export async function startShopsWithNotes(): Promise<ShopsWithNotes> {
  const host = await sharedShops("notes")
  const browser = await launchChromium()
  const switchTo = ({ tenant }: Shop, plugins: string[]) => control({ op: "plugins", id: tenant.id, plugins }, host)
  return {
    host,
    browser,
    switchTo,
    async newShop(plugins) {
      const tenant = await createTenant("slot", host)
      const client = new ShopClient(host, tenant)
      await stockShop(client, "果园", 10)
      await switchTo({ tenant, client }, plugins)
      return { tenant, client }
    },
    addressOf: ({ host: name }) => `http://${name}:${new URL(host.url).port}`,
    close: () => browser.close(),
  }
}
