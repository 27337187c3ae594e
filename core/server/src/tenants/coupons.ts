import type { SeedCoupon, TenantManifest } from "@fangshi/contracts"
import type { CreatePromotionDTO, MedusaContainer, PromotionDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { addOrRemoveCampaignPromotionsWorkflow, createCampaignsWorkflow, createPromotionsWorkflow, updateCampaignsWorkflow, updatePromotionsWorkflow } from "@medusajs/medusa/core-flows"
import { digest } from "./digest"
import { toMajorUnits } from "./money"

type Known = PromotionDTO & { metadata?: Record<string, unknown> | null }

/** Adds and changes the coupons of the current tenant until they match; how often one was used stays. `categories` are ids by handle. */
export async function applyCoupons(container: MedusaContainer, manifest: TenantManifest, coupons: SeedCoupon[], categories: Map<string, string>): Promise<void> {
  if (!coupons.length) return
  const relations = ["rules", "campaign", "application_method", "application_method.target_rules"]
  const known = (await container.resolve(Modules.PROMOTION).listPromotions({ code: coupons.map(({ code }) => code) }, { relations, take: coupons.length })) as Known[]
  for (const coupon of coupons) {
    const row = known.find(({ code }) => code === coupon.code)
    if (!row) await createPromotionsWorkflow(container).run({ input: { promotionsData: [{ ...promotionOf(manifest, coupon, categories), ...(hasDates(coupon) ? { campaign: campaignOf(coupon) } : {}) }] } })
    else if (row.metadata?.seed_digest !== digest(coupon)) await changeCoupon(container, row, promotionOf(manifest, coupon, categories), coupon)
  }
}

const hasDates = ({ starts_at, ends_at }: SeedCoupon) => Boolean(starts_at ?? ends_at)
const dateOf = (instant: string | undefined) => (instant ? new Date(instant) : null)
const campaignOf = (coupon: SeedCoupon) => ({ name: coupon.code, campaign_identifier: coupon.code, starts_at: dateOf(coupon.starts_at), ends_at: dateOf(coupon.ends_at) })

function promotionOf({ currency_code, tax }: TenantManifest, coupon: SeedCoupon, categories: Map<string, string>): CreatePromotionDTO {
  const off = "percent" in coupon.off ? { type: "percentage" as const, value: coupon.off.percent } : { type: "fixed" as const, value: toMajorUnits(coupon.off.amount) }
  const ids = (coupon.categories ?? []).flatMap((handle) => categories.get(handle) ?? [])
  return {
    code: coupon.code,
    type: "standard",
    status: "active",
    is_automatic: false,
    // What a coupon promises is what the buyer pays less, where prices include the tax.
    is_tax_inclusive: tax.included_in_prices,
    limit: coupon.usage_limit ?? null,
    application_method: {
      ...off,
      currency_code,
      ...(coupon.categories ? { target_type: "items", allocation: "across", target_rules: [{ attribute: "items.product.categories.id", operator: "in", values: ids }] } : { target_type: "order" }),
    },
    rules: coupon.minimum_amount ? [{ attribute: "original_item_total", operator: "gte", values: [String(toMajorUnits(coupon.minimum_amount))] }] : [],
    metadata: { seed_digest: digest(coupon) },
  } as CreatePromotionDTO
}

async function changeCoupon(container: MedusaContainer, row: Known, wanted: CreatePromotionDTO, coupon: SeedCoupon): Promise<void> {
  const promotions = container.resolve(Modules.PROMOTION)
  const { rules = [], application_method: { target_rules = [], ...method }, limit, ...fields } = wanted
  // Fewer than were used already would be refused: then it is used up.
  const cappedLimit = limit == null ? null : Math.max(limit, row.used ?? 0)
  await promotions.removePromotionRules(row.id, (row.rules ?? []).map(({ id }) => id))
  await promotions.removePromotionTargetRules(row.id, (row.application_method?.target_rules ?? []).map(({ id }) => id))
  await updatePromotionsWorkflow(container).run({ input: { promotionsData: [{ id: row.id, ...fields, limit: cappedLimit, application_method: { allocation: null, ...method } }] as never } })
  if (rules.length) await promotions.addPromotionRules(row.id, rules)
  if (target_rules.length) await promotions.addPromotionTargetRules(row.id, target_rules)
  if (row.campaign) await updateCampaignsWorkflow(container).run({ input: { campaignsData: [{ id: row.campaign.id, starts_at: dateOf(coupon.starts_at), ends_at: dateOf(coupon.ends_at) }] as never } })
  else if (hasDates(coupon)) {
    const { result } = await createCampaignsWorkflow(container).run({ input: { campaignsData: [campaignOf(coupon)] as never } })
    await addOrRemoveCampaignPromotionsWorkflow(container).run({ input: { id: result[0]?.id ?? "", add: [row.id] } })
  }
}
