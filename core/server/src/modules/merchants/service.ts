import { FangshiError, type LocalizedText } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { Merchant, MerchantProduct } from "./models/merchant"

export type MerchantView = { id: string; name: string; name_en: string | null; handle: string; active: boolean }

/** How shoppers read it. */
export const nameOf = ({ name, name_en }: Pick<MerchantView, "name" | "name_en">): LocalizedText => ({ "zh-CN": name, en: name_en ?? name })

/** The sellers of one shop and whose product is whose. */
export class MerchantsService extends MedusaService({ Merchant, MerchantProduct }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  async listAll(): Promise<MerchantView[]> {
    const rows = await this.listMerchants({}, { order: { name: "ASC" }, take: 1_000 })
    return rows.map(viewOf)
  }

  async findMerchant(id: string): Promise<MerchantView | null> {
    const [row] = await this.listMerchants({ id }, { take: 1 })
    return row ? viewOf(row) : null
  }

  /** Throws NOT_FOUND. */
  async getMerchant(id: string): Promise<MerchantView> {
    const merchant = await this.findMerchant(id)
    if (!merchant) throw new FangshiError("NOT_FOUND")
    return merchant
  }

  /** Throws DUPLICATE where the handle is taken. */
  async openMerchant(input: { name: string; name_en?: string | undefined; handle: string; metadata?: Record<string, unknown> }): Promise<MerchantView> {
    try {
      return viewOf(await this.createMerchants(input))
    } catch (error) {
      const [taken] = await this.listMerchants({ handle: input.handle }, { take: 1 })
      throw taken ? new FangshiError("DUPLICATE", {}, { cause: error }) : error
    }
  }

  /** Which of these products belong to a merchant, and to which. */
  async merchantsOf(productIds: string[]): Promise<Map<string, string>> {
    const rows = productIds.length ? await this.listMerchantProducts({ product_id: productIds }, { take: productIds.length }) : []
    return new Map(rows.map((row) => [row.product_id, row.merchant_id]))
  }

  /** Gives products to a merchant, or with null back to the shop itself, whoever had them before. A product has one merchant at a time. Throws NOT_FOUND. */
  async giveProducts(merchant_id: string | null, product_ids: string[]): Promise<void> {
    const lock = "select pg_advisory_xact_lock(hashtextextended('merchant-products:' || current_setting('app.tenant_id'), 0))"
    await inUnitOfWork(this.knex, async (unit) => void (await unit.query(lock)), async () => {
      if (merchant_id !== null) await this.getMerchant(merchant_id)
      const had = await this.listMerchantProducts({ product_id: product_ids }, { take: product_ids.length, select: ["id"] })
      if (had.length) await this.deleteMerchantProducts(had.map(({ id }) => id))
      if (merchant_id === null) return
      await this.createMerchantProducts([...new Set(product_ids)].map((product_id) => ({ product_id, merchant_id })))
    })
  }
}

const viewOf = ({ id, name, name_en, handle, active }: MerchantView): MerchantView => ({ id, name, name_en, handle, active })
