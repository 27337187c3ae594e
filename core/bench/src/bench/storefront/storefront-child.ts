import path from "node:path"
import { ONLY_HANDLE, type ShopContext } from "@fangshi/contracts"
import { runInTenant } from "@fangshi/kernel"
import { REPOSITORY, applyTenant, startHost } from "@fangshi/server"
import { shapeNames } from "@fangshi/server/src/demo/pictures/shapes"
import type { PagesService } from "@fangshi/server/src/modules/pages/service"
import { applyCatalogue } from "@fangshi/server/src/tenants/catalogue"
import { THEMES } from "@fangshi/server/src/themes/page-key"
import type { ThemeRegistry } from "@fangshi/server/src/themes/registry"
import type { EntryContext, ServerBuild } from "react-router"
import { catalogueOf, manifestOf, shopId } from "../tenancy/bench-shop"
import { obey, runStage, serveForEver, tell } from "../tenancy/child-messages"

/** On the home page. */
const PRODUCTS = 48
const SHOP = shopId(1)

/** One shop whose home page shows its slogan, its ways in and 48 products. */
async function prepare() {
  const host = await startHost({ storefront: false, listen: false })
  await applyTenant(host, manifestOf(SHOP), null, { ownerPassword: `secret-of-${SHOP}` })
  const [shape = ""] = shapeNames
  await runInTenant(SHOP, async () => {
    await applyCatalogue(host.container, manifestOf(SHOP), catalogueOf(shape, PRODUCTS))
    const pages = host.container.resolve<PagesService>("pages")
    const home = { theme: host.container.resolve<ThemeRegistry>(THEMES).named("default"), kind: "home", handle: ONLY_HANDLE } as const
    const sections = [{ id: "hero", type: "hero", settings: {} }, { id: "ways", type: "category-grid", settings: {} }, { id: "all", type: "product-grid", settings: { count: PRODUCTS } }]
    await pages.saveDraft(home, { document: { sections } }, null)
    await pages.publish(home, null)
  })
  await host.shutdown()
}

async function serve() {
  const host = await startHost()
  obey(host.shutdown)
  tell({ url: host.url })
  await serveForEver()
}

const ROUNDS = 30
const PAGES = 40

async function perSecond(once: () => unknown): Promise<number> {
  const from = performance.now()
  for (let i = 0; i < PAGES; i++) await once()
  return (PAGES * 1000) / (performance.now() - from)
}

/** Whole pages against React's own renderToString of the very tree that such a page has, in turn, in this process. */
async function render() {
  const host = await startHost({ storefront: false })
  const tenant = await host.directory.findById(SHOP)
  if (!tenant) throw new Error("the shop is not prepared")
  const { name, theme, brand, default_locale, locales, time_zone, currency_code } = tenant.manifest
  const shop: ShopContext = {
    tenant_id: SHOP, origin: `https://${tenant.hosts[0] ?? ""}`, name, theme, brand, default_locale, locales, time_zone, currency_code,
    plugins: [], revision: tenant.revision, publishable_key: tenant.publishable_key, api: { base_url: host.url, headers: { "x-tenant": SHOP } }, csp_nonce: "bench",
  }
  const build = (await import(path.join(REPOSITORY, "storefront/app/build/server/index.js"))) as ServerBuild
  const { createRequestHandler, ServerRouter } = await import("react-router")
  const { renderToString } = await import("react-dom/server")
  const { createElement } = await import("react")
  const context = { shop, scripts: { plugins: {}, themes: {}, texts: {} }, onError: (error: unknown) => console.error(error) }
  const request = () => new Request(`${shop.origin}/`)
  let tree: EntryContext | undefined
  const keepTree = (_request: Request, _status: number, _headers: Headers, made: EntryContext) => {
    tree = made
    return new Response("")
  }
  await createRequestHandler({ ...build, entry: { ...build.entry, module: { ...build.entry.module, default: keepTree as never } } }, "production")(request(), context as never)
  if (!tree) throw new Error("no tree to render")
  const reactContext = { ...tree, serverHandoffStream: undefined }
  const handle = createRequestHandler(build, "production")
  const page = async () => (await handle(request(), context as never)).text()
  const react = () => renderToString(createElement(ServerRouter, { context: reactContext, url: `${shop.origin}/` }))
  const [whole, bare] = [await page(), react()]
  for (const html of [whole, bare]) if (html.split('class="fs-card').length - 1 !== PRODUCTS) throw new Error(`the page does not show ${PRODUCTS} products`)
  for (let i = 0; i < 5; i++) for (const once of [page, react]) await perSecond(once)
  const rounds: { page: number[]; react: number[] } = { page: [], react: [] }
  for (let round = 0; round < ROUNDS; round++) for (const side of round % 2 ? (["react", "page"] as const) : (["page", "react"] as const)) rounds[side].push(await perSecond(side === "page" ? page : react))
  tell({ rendered: { ...rounds, bytes: Buffer.byteLength(whole) } })
  await host.shutdown()
}

runStage({ prepare, serve, render })
