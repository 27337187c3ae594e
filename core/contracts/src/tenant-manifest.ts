import { z } from "zod"
import { DELIVERY_KINDS, deliverySlot, pickUpPoint } from "./delivery"
import { LOCALES, localizedText } from "./localized"
import { hostName, tenantId } from "./tenant-id"

const amount = z.int().min(0).max(100_000_000)

const code = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/).max(40)

export const shippingOption = z.strictObject({
  code,
  /** Left out where the buyer chooses neither a pick-up point nor a delivery slot. */
  kind: z.enum(DELIVERY_KINDS).optional(),
  name: localizedText,
  description: localizedText.optional(),
  /** Fen. */
  price_amount: amount,
})

export type ShippingOption = z.infer<typeof shippingOption>

export const warehouse = z.strictObject({
  name: z.string().min(1).max(100),
  province: z.string().min(1).max(40),
  city: z.string().min(1).max(40),
  district: z.string().min(1).max(40).optional(),
  address: z.string().min(1).max(200),
})

/** tenants/<id>/tenant.yaml: everything that makes a shop, as data. */
export const tenantManifest = z.strictObject({
  id: tenantId,
  name: localizedText,
  /** Every address the shop answers to; unique over the whole platform. The first is the one shown. */
  hosts: z.array(hostName).min(1).max(20),
  default_locale: z.enum(LOCALES).default("zh-CN"),
  locales: z.array(z.enum(LOCALES)).min(1).default(["zh-CN", "en"]),
  /** IANA zone, for opening hours and the day of a report. */
  time_zone: z.string().min(1).max(60).default("Asia/Shanghai"),
  currency_code: z.string().regex(/^[a-z]{3}$/).default("cny"),
  region: z.strictObject({
    name: z.string().min(1).max(60),
    countries: z.array(z.string().regex(/^[a-z]{2}$/)).min(1).max(50),
  }),
  tax: z.strictObject({
    /** Per cent with at most two decimals, e.g. 13 or 9.1. */
    rate_percent: z.number().min(0).max(100).multipleOf(0.01),
    name: z.string().min(1).max(60),
    code: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
    /** True where the prices shown already contain the tax, as Chinese retail prices do. */
    included_in_prices: z.boolean().default(true),
  }),
  warehouse,
  shipping_options: z.array(shippingOption).min(1).max(20),
  /** Where an option of kind pick_up brings goods to. */
  pick_up_points: z.array(pickUpPoint.extend({ code })).max(500).optional(),
  /** When an option of kind delivery brings them; without slots, whenever the shop comes by. */
  delivery_slots: z.array(deliverySlot.extend({ code })).max(100).optional(),
  theme: z.string().regex(/^[a-z0-9-]{1,40}$/).default("default"),
  brand: z.strictObject({
    slogan: localizedText,
    primary_colour: z.string().regex(/^#[0-9a-f]{6}$/i),
    accent_colour: z.string().regex(/^#[0-9a-f]{6}$/i),
    phone: z.string().max(30).optional(),
  }),
  /** Days after goods were handed over in which they can be complained about; the law asks for at least seven without a reason. */
  after_sales: z.strictObject({ without_reason: z.int().min(7).max(365), with_reason: z.int().min(7).max(365) }).partial().optional(),
  plugins: z.array(z.string().max(100).regex(/^(?:@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*$/)).max(100).default([]),
  owner: z.strictObject({ email: z.email().max(200) }),
  /** A path inside the tenant's own folder. */
  catalogue: z.string().regex(/^[a-z0-9-]+(?:\/[a-z0-9-]+)*\.yaml$/).optional(),
})
export type TenantManifest = z.infer<typeof tenantManifest>
