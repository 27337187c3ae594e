import { applyTenant, knownScriptNames, startHost } from "@fangshi/server"
import { runInTenant } from "@fangshi/kernel"
import { applyCatalogue } from "@fangshi/server/src/tenants/catalogue"
import { shapeNames } from "@fangshi/server/src/demo/pictures/shapes"
import { catalogueOf, manifestOf, shopId } from "./bench-shop"
import { obey, runStage, serveForEver, tell } from "./child-messages"

/** Opens shops one after the other, as `fangshi tenant create` does, and tells how long each took. */
async function provision() {
  const host = await startHost({ storefront: false, listen: false })
  const scripts = await knownScriptNames(host.settings.plugins)
  const provisioned: number[] = []
  const from = performance.now()
  for (let n = 1; n <= Number(process.env.BENCH_SHOPS); n++) {
    const start = performance.now()
    await applyTenant(host, manifestOf(shopId(n)), null, { ownerPassword: `secret-of-${shopId(n)}`, scripts })
    provisioned.push(performance.now() - start)
  }
  tell({ provisioned, took: performance.now() - from })
  await host.shutdown()
}

/** The first shop gets its catalogue through Medusa's workflows; the others get copies of the rows. */
async function seed() {
  const host = await startHost({ storefront: false, listen: false })
  const [shape = ""] = shapeNames
  await runInTenant(shopId(1), () => applyCatalogue(host.container, manifestOf(shopId(1)), catalogueOf(shape)))
  await host.shutdown()
}

async function serve() {
  const host = await startHost({ storefront: false })
  obey(host.shutdown)
  tell({ url: host.url })
  await serveForEver()
}

runStage({ provision, seed, serve })
