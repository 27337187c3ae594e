import { type Locale, maskPhone } from "@fangshi/contracts"
import { type DeskAsk, type Sent, goTo } from "@fangshi/storefront-kit"
import type { CampaignHours, CampaignView, Claim, DeskClaim, Feedback, LeaderView, PickingList, PurchaseLine, RunStop, SortingMatrix } from "../../contract"
import { instantOf } from "../shop-time"
import { CLAIM_STATES } from "../../contract/participation"
import { SHEETS } from "./sheet-names"

const W = "/admin/workbench/group-buy"
const HOME = "/workbench/x/group-buy"
const id = ({ params }: Pick<DeskAsk, "params">) => encodeURIComponent(params.id ?? "")
const text = (form: FormData, name: string) => String(form.get(name) ?? "").trim()
/** What a field of day and time says, as an instant. */
const instant = ({ form, time_zone }: Pick<Sent<DeskAsk>, "form" | "time_zone">, name: string) => (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text(form, name)) ? instantOf(text(form, name), time_zone) : undefined)
const fen = (yuan: string) => Math.round(Number(yuan) * 100)

export type Stock = { product_id: string; variant_id: string; title: string; variant_title: string; thumbnail: string | null; sku: string | null; left: number | null; price_amount: number | null }
export type NewData = { products: Stock[]; defaults: CampaignHours; q: string; now: string }

export const loadCampaigns = ({ get, query }: DeskAsk) => get<{ campaigns: CampaignView[] }>(`${W}/campaigns?page=${Math.max(1, Math.trunc(Number(query.get("page")) || 1))}`)

export async function loadNew({ get, query }: DeskAsk): Promise<NewData> {
  const q = query.get("q") ?? ""
  const [{ products }, { defaults }] = await Promise.all([get<{ products: Stock[] }>(`/admin/workbench/products?q=${encodeURIComponent(q)}`), get<{ defaults: CampaignHours }>(`${W}/campaigns`)])
  return { products: products.filter(({ price_amount }) => price_amount !== null), defaults, q, now: new Date().toISOString() }
}

/** Makes a draft of what the form says, and opens it where that button was pressed. */
export async function createCampaign(sent: Sent<DeskAsk>) {
  const { form, post } = sent
  const team = form.get("kind") === "team"
  const size = Number(form.get("team_size"))
  const target = Number(form.get("target"))
  const steps = (variant: string) =>
    [[team ? size : target, text(form, `together:${variant}`)], [Number(form.get("further")), team ? "" : text(form, `further:${variant}`)]].flatMap(([from_count, yuan]) => (yuan && from_count ? [{ from_count: Number(from_count), unit_price_amount: fen(String(yuan)) }] : []))
  const title = text(form, "title")
  const limit = Number(form.get("limit"))
  const { campaign } = await post<{ campaign: CampaignView }>(`${W}/campaigns`, {
    kind: team ? "team" : "community",
    ...(title ? { title: { "zh-CN": title, en: text(form, "title_en") || title } } : {}),
    opens_at: instant(sent, "opens_at"),
    closes_at: instant(sent, "closes_at"),
    arrives_at: team ? undefined : instant(sent, "arrives_at"),
    condition: { by: team ? "people" : text(form, "by"), target: team ? size : form.get("by") === "amount" ? fen(String(target)) : target },
    ...(team ? { team_size: size } : { repeats: text(form, "repeats") || "none" }),
    ...(limit ? { per_person_limit: limit } : {}),
    items: form.getAll("variant").map(String).map((variant_id) => ({ variant_id, stock: Number(form.get(`stock:${variant_id}`)), steps: steps(variant_id) })),
  })
  if (form.get("do") === "open") await post(`${W}/campaigns/${campaign.id}/open`)
  return goTo(`${HOME}/campaigns/${campaign.id}`)
}

export type WatchData = { campaign: CampaignView; feedback: Feedback[]; defaults: CampaignHours; locale: Locale; origin: string }
export const loadCampaign = async (ask: DeskAsk): Promise<WatchData> => ({ ...(await ask.get<Pick<WatchData, "campaign" | "feedback" | "defaults">>(`${W}/campaigns/${id(ask)}`)), locale: ask.locale, origin: ask.origin })

/** Opens, closes, refuses or copies: whatever the button said. */
export async function actOnCampaign(sent: Sent<DeskAsk>) {
  const { form, post } = sent
  const doing = String(form.get("do"))
  if (doing === "copy") {
    const { campaign } = await post<{ campaign: CampaignView }>(`${W}/campaigns/${id(sent)}/copy`, { opens_at: instant(sent, "opens_at"), closes_at: instant(sent, "closes_at"), arrives_at: instant(sent, "arrives_at") })
    return goTo(`${HOME}/campaigns/${campaign.id}`)
  }
  if (doing === "repeats") await post(`${W}/campaigns/${id(sent)}/repeats`, { repeats: text(form, "repeats") })
  if (["open", "close", "refuse"].includes(doing)) await post(`${W}/campaigns/${id(sent)}/${doing}`)
  return { done: doing }
}

export type SheetData = { campaign: CampaignView; sheet: (typeof SHEETS)[number]; purchase?: PurchaseLine[]; sorting?: SortingMatrix; picking?: PickingList[]; run?: RunStop[]; points: SortingMatrix["points"]; locale: Locale; made_at: string; /** Of what the form notes, so that sending it twice notes it once. */ key: string }

export async function loadSheet(ask: DeskAsk): Promise<SheetData | null> {
  const sheet = SHEETS.find((name) => name === ask.params.sheet)
  if (!sheet) return null
  const sheetNamed = (name: string) => ask.get<Pick<SheetData, "purchase" | "sorting" | "picking" | "run">>(`${W}/campaigns/${id(ask)}/sheets/${name}`)
  const [{ campaign }, told] = await Promise.all([ask.get<{ campaign: CampaignView }>(`${W}/campaigns/${id(ask)}`), sheetNamed(sheet)])
  // A shortage may be noted for one point: which ones there are is on the sorting sheet.
  const points = sheet === "purchase" && campaign.kind === "community" ? ((await sheetNamed("sorting")).sorting?.points ?? []) : []
  return { ...told, points, campaign, sheet, locale: ask.locale, made_at: campaign.server_time, key: crypto.randomUUID() }
}

/** Pieces that did not come to the point, or to none where all are short. */
export async function noteShortage(sent: Sent<DeskAsk>) {
  const { form, post } = sent
  const leader_id = text(form, "leader_id")
  const { shortages } = await post<{ shortages: { pieces: number }[] }>(`${W}/campaigns/${id(sent)}/shortages`, { idempotency_key: text(form, "key"), item_id: text(form, "item_id"), pieces: Number(form.get("pieces")), ...(leader_id ? { leader_id } : {}) })
  return { pieces: shortages.reduce((sum, { pieces }) => sum + pieces, 0), people: shortages.length }
}

export type ClaimsData = { claims: DeskClaim[]; status: Claim["status"] }

export async function loadClaims({ get, query }: DeskAsk): Promise<ClaimsData> {
  const status = CLAIM_STATES.find((each) => each === query.get("status")) ?? "open"
  const { claims } = await get<{ claims: DeskClaim[] }>(`${W}/claims?status=${status}`)
  return { claims, status }
}

export async function decideClaim({ form, post }: Sent<DeskAsk>) {
  const approve = form.get("decision") === "approve"
  const { claim } = await post<{ claim: Claim }>(`${W}/claims/${encodeURIComponent(text(form, "claim_id"))}`, approve ? { decision: "approve", amount: fen(text(form, "amount")) } : { decision: "refuse" })
  return { status: claim.status, amount: claim.approved_amount ?? 0 }
}

/** Their numbers masked: whoever looks over the shoulder does not learn them. */
export async function loadLeaders({ get }: DeskAsk): Promise<{ leaders: LeaderView[] }> {
  const { leaders } = await get<{ leaders: LeaderView[] }>(`${W}/leaders`)
  return { leaders: leaders.map((leader) => ({ ...leader, phone: maskPhone(leader.phone) })) }
}

export async function decideLeader({ form, post }: Sent<DeskAsk>) {
  const decision = text(form, "decision")
  const { leader } = await post<{ leader: LeaderView }>(`${W}/leaders/${encodeURIComponent(text(form, "leader_id"))}`, decision === "approve" ? { decision, level: Number(form.get("level")) || 1 } : { decision, reason: text(form, "reason") })
  return { name: leader.name, status: leader.status }
}
