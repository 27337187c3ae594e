import type { SeedCatalogue } from "@fangshi/contracts"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { MerchantsService } from "../modules/merchants/service"
import { merchantDigest, productsOf } from "./merchant-digest"

/** Adds and changes the merchants of the current tenant until they match. Whose other products are, and whether one is closed, stays. */
export async function applyMerchants(container: MedusaContainer, catalogue: SeedCatalogue): Promise<void> {
  const wanted = catalogue.merchants ?? []
  if (!wanted.length) return
  const service = container.resolve<MerchantsService>("merchants")
  const known = await service.listMerchants({ handle: wanted.map(({ handle }) => handle) }, { take: wanted.length })
  for (const merchant of wanted) {
    const row = known.find(({ handle }) => handle === merchant.handle)
    const metadata = { ...row?.metadata, seed_digest: merchantDigest(merchant, catalogue) }
    if (row?.metadata?.seed_digest === metadata.seed_digest) continue
    const fields = { name: merchant.name["zh-CN"], name_en: merchant.name.en, metadata }
    const { id } = row ?? (await service.openMerchant({ ...fields, handle: merchant.handle }))
    if (row) await service.updateMerchants({ id, ...fields })
    const handles = productsOf(merchant, catalogue)
    const products = await container.resolve(Modules.PRODUCT).listProducts({ handle: handles }, { select: ["id"], take: handles.length })
    if (products.length) await service.giveProducts(id, products.map((product) => product.id))
  }
}
