import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import path from "node:path"
import { type HostProcess, ShopClient, type TestTenant, cloneDatabase, control, createTenant, startHostProcess, stockShop } from "@fangshi/testing"
import { launchChromium } from "@fangshi/testing/src/chromium"
import type { Browser } from "playwright-core"

const ROOT = path.resolve(__dirname, "../../..")
const FIXTURE = path.join(ROOT, "core/testing/fixtures/third-party")
/** The plugin of another's that is built in. */
export const NOTES = "medusa-plugin-notes"

export type Shop = { tenant: TestTenant; client: ShopClient }
export type ShopsWithNotes = {
  host: HostProcess
  browser: Browser
  newShop: (plugins: string[]) => Promise<Shop>
  switchTo: (shop: Shop, plugins: string[]) => Promise<unknown>
  addressOf: (tenant: TestTenant) => string
  close: () => Promise<void>
}

/** A host with the shop pages as an operator builds them who adds this plugin, and a browser. */
export async function startShopsWithNotes(): Promise<ShopsWithNotes> {
  // Below the storefront, where its packages are found.
  const generated = path.join(ROOT, "storefront/app/.react-router")
  mkdirSync(generated, { recursive: true })
  const build = mkdtempSync(path.join(generated, "build-"))
  const made = spawnSync(process.execPath, [path.join(ROOT, "node_modules/@react-router/dev/bin.js"), "build", path.join(ROOT, "storefront/app")], {
    env: { ...process.env, NODE_ENV: "production", FANGSHI_PLUGINS: FIXTURE, FANGSHI_STOREFRONT_BUILD: build },
    encoding: "utf8",
  })
  if (made.status !== 0) throw new Error(made.stderr)
  const database = await cloneDatabase("template")
  const host = await startHostProcess(database, { FANGSHI_TEST_STOREFRONT: "1", FANGSHI_PLUGINS: FIXTURE, FANGSHI_STOREFRONT_BUILD: build, FANGSHI_LOG_LEVEL: "fatal" })
  const browser = await launchChromium()
  const switchTo = ({ tenant }: Shop, plugins: string[]) => control({ op: "plugins", id: tenant.id, plugins }, host as never)
  return {
    host,
    browser,
    switchTo,
    async newShop(plugins) {
      const tenant = await createTenant("slot", host as never)
      const client = new ShopClient(host, tenant)
      await stockShop(client, "果园", 10)
      await switchTo({ tenant, client }, plugins)
      return { tenant, client }
    },
    addressOf: ({ host: name }) => `http://${name}:${new URL(host.url).port}`,
    async close() {
      await browser.close()
      await host.kill()
      await database.drop()
      rmSync(build, { recursive: true, force: true })
    },
  }
}
