import { because, localizedText, mobilePhone } from "@fangshi/contracts"
import { z } from "zod"
import { CAMPAIGN_KINDS, MEASURES, REPEATS } from "./campaign"

const id = z.string().min(1).max(80)
const fen = z.int().min(1).max(100_000_000)
const count = z.int().min(1).max(1_000_000)
const instant = z.iso.datetime({ offset: true })
const words = (most: number) => z.string().trim().min(1).max(most)

export const itemBody = z.strictObject({
  variant_id: id,
  /** Left out, the catalogue's price is taken. */
  unit_price_amount: fen.optional(),
  stock: count,
  steps: z.array(z.strictObject({ from_count: count, unit_price_amount: fen })).max(10).default([]),
})

export const campaignBody = z.strictObject({
  kind: z.enum(CAMPAIGN_KINDS),
  /** Left out, that of the first product. */
  title: localizedText.optional(),
  description: localizedText.optional(),
  opens_at: instant,
  closes_at: instant,
  arrives_at: instant.optional(),
  condition: z.strictObject({ by: z.enum(MEASURES), target: z.int().min(1).max(1_000_000_000) }),
  step_by: z.enum(["people", "pieces"]).default("people"),
  per_person_limit: count.optional(),
  team_size: z.int().min(2).max(1_000).optional(),
  /** A team that is not complete at its deadline succeeds all the same. */
  virtual_completion: z.boolean().default(false),
  /** Opens the next one with the same goods when it closes; left out, it does not. */
  repeats: z.enum(REPEATS).optional(),
  items: z.array(itemBody).min(1).max(50).refine((items) => new Set(items.map(({ variant_id }) => variant_id)).size === items.length, because("有重复的商品", "has one variant twice")),
  /** Leaders whose points take part; left out, all that are approved when it opens. */
  leader_ids: z.array(id).max(500).optional(),
}).refine(({ kind, team_size }) => (kind === "team") === (team_size !== undefined), because("拼团要写成团人数，社区团不写", "a team purchase needs team_size, a community purchase has none"))
  .refine(({ kind, repeats }) => kind === "community" || !repeats || repeats === "none", because("只有社区团可以循环开团", "only a community purchase repeats"))
export type CampaignInput = z.output<typeof campaignBody>

export const copyBody = z.strictObject({ opens_at: instant, closes_at: instant, arrives_at: instant.optional() })

export const repeatsBody = z.strictObject({ repeats: z.enum(REPEATS) })

const address = z.strictObject({ name: words(40), phone: mobilePhone, province: words(40), city: words(40), district: words(40).default(""), address: words(200) })

export const joinBody = z.strictObject({
  idempotency_key: z.string().min(8).max(80),
  items: z.array(z.strictObject({ item_id: id, quantity: z.int().min(1).max(999) })).min(1).max(20).refine((items) => new Set(items.map(({ item_id }) => item_id)).size === items.length, because("有重复的商品", "has one item twice")),
  /** A community purchase: whose point, and who collects. */
  leader_id: id.optional(),
  contact: z.strictObject({ name: words(40), phone: mobilePhone }).optional(),
  /** A team purchase: an own team is opened unless one is joined; it is sent home. */
  team_id: id.optional(),
  open_team: z.boolean().default(false),
  ship_to: address.optional(),
}).refine(({ leader_id, contact, team_id, open_team, ship_to }) => (leader_id ? !!contact && !team_id && !open_team : (team_id ? !open_team : open_team) && !!ship_to),
  because("社区团要选自提点并留联系人；拼团要开团或加入一个团，并写收货地址", "needs either leader_id and contact, or team_id or open_team with ship_to"))
export type JoinInput = z.output<typeof joinBody>

export const leaderBody = z.strictObject({
  leader_name: words(40),
  phone: mobilePhone,
  point_name: words(60),
  province: words(40),
  city: words(40),
  district: words(40),
  address: words(200),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  referrer_id: id.optional(),
})
export type LeaderInput = z.output<typeof leaderBody>

export const leaderDecisionBody = z.discriminatedUnion("decision", [
  z.strictObject({ decision: z.literal("approve"), level: z.int().min(1).max(5).default(1), commission_basis_points: z.int().min(0).max(5_000).optional() }),
  z.strictObject({ decision: z.enum(["refuse", "suspend"]), reason: words(200) }),
])
export type LeaderDecision = z.output<typeof leaderDecisionBody>

export const codeBody = z.strictObject({ code: z.string().regex(/^\d{6}$/, because("应为 6 位数字", "must be six digits")) })

export const claimBody = z.strictObject({ amount: fen, reason: words(500) })
export const claimDecisionBody = z.discriminatedUnion("decision", [
  z.strictObject({ decision: z.literal("approve"), amount: fen }),
  z.strictObject({ decision: z.literal("refuse") }),
])

export const shortageBody = z.strictObject({ idempotency_key: z.string().min(8).max(80), item_id: id, leader_id: id.optional(), pieces: count })

export const whereQuery = z.object({ latitude: z.coerce.number().min(-90).max(90).optional(), longitude: z.coerce.number().min(-180).max(180).optional() })
export const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) })
export const listQuery = pageQuery.extend({ product_id: id.optional() })
export const sheetQuery = z.object({ format: z.enum(["json", "csv", "xlsx"]).default("json"), locale: z.enum(["zh-CN", "en"]).default("zh-CN") })
