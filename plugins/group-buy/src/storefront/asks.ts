import type { Locale } from "@fangshi/contracts"
import { type PageAsk, Refused, type Sent, type ShopAsk, goTo } from "@fangshi/storefront-kit"
import type { CampaignView, CommissionSummary, LeaderView, ListedParticipation, Participation, PaymentToMake, PointView, TeamView } from "../contract"

const S = "/store/group-buy"
const HOME = "/x/group-buy"
const id = ({ params }: Pick<PageAsk, "params">) => encodeURIComponent(params.id ?? "")

export type Contact = { name: string; phone: string; province: string; city: string; district: string; address: string }
export type ItemPicture = { handle: string; thumbnail: string | null }
export type CampaignData = { campaign: CampaignView; points: PointView[]; teams: TeamView[]; /** Whose link led here. */ from: string | null; pictures: Record<string, ItemPicture>; me: Contact | null; key: string; url: string; locale: Locale }
export type TeamData = Omit<CampaignData, "points" | "teams" | "from"> & { team: TeamView }

export const loadCampaigns = ({ get }: ShopAsk) => get<{ campaigns: CampaignView[] }>(`${S}/campaigns`)

export async function loadCampaign(ask: ShopAsk): Promise<CampaignData> {
  const { campaign } = await ask.get<{ campaign: CampaignView }>(`${S}/campaigns/${id(ask)}`)
  const [{ points }, { teams }, rest] = await Promise.all([
    campaign.kind === "community" ? ask.get<{ points: PointView[] }>(`${S}/campaigns/${id(ask)}/points`) : { points: [] },
    campaign.kind === "team" ? ask.get<{ teams: TeamView[] }>(`${S}/campaigns/${id(ask)}/teams`) : { teams: [] },
    loadJoining(ask, campaign),
  ])
  return { campaign, points, teams, from: points.find(({ leader_id }) => leader_id === ask.query.get("from"))?.leader_id ?? null, ...rest, url: `${ask.origin}${HOME}/campaigns/${campaign.id}` }
}

export async function loadTeam(ask: ShopAsk): Promise<TeamData> {
  const { team } = await ask.get<{ team: TeamView }>(`${S}/teams/${id(ask)}`)
  const { campaign } = await ask.get<{ campaign: CampaignView }>(`${S}/campaigns/${team.campaign_id}`)
  return { team, campaign, ...(await loadJoining(ask, campaign)), url: `${ask.origin}${HOME}/teams/${team.id}` }
}

async function loadJoining(ask: ShopAsk, { items }: CampaignView): Promise<Pick<CampaignData, "pictures" | "me" | "key" | "locale">> {
  const [pictures, me] = await Promise.all([picturesOf(ask, items.map(({ product_id }) => product_id)), ask.signed_in ? contactOf(ask) : null])
  return { pictures, me, key: crypto.randomUUID(), locale: ask.locale }
}

/** By the product's id. Goods that the shop took out of its catalogue meanwhile have none. */
async function picturesOf({ get }: ShopAsk, ids: readonly string[]): Promise<Record<string, ItemPicture>> {
  const query = new URLSearchParams([["fields", "id,handle,thumbnail"], ["limit", "50"], ...ids.map((each) => ["id[]", each] as [string, string])])
  const { products } = await get<{ products: ({ id: string } & ItemPicture)[] }>(`/store/products?${query}`)
  return Object.fromEntries(products.map(({ id: product, handle, thumbnail }) => [product, { handle, thumbnail }]))
}

type Customer = { first_name: string | null; phone: string | null; addresses?: { first_name: string | null; phone: string | null; province: string | null; city: string | null; address_1: string | null; address_2: string | null; is_default_shipping: boolean }[] }

/** What the shopper would otherwise type again; null where the sign-in does not hold any more. */
async function contactOf({ get }: ShopAsk): Promise<Contact | null> {
  try {
    const { customer } = await get<{ customer: Customer }>("/store/customers/me?fields=first_name,phone,*addresses")
    const home = customer.addresses?.find(({ is_default_shipping }) => is_default_shipping) ?? customer.addresses?.[0]
    return { name: home?.first_name ?? customer.first_name ?? "", phone: home?.phone ?? customer.phone ?? "", province: home?.province ?? "", city: home?.city ?? "", district: home?.address_2 ?? "", address: home?.address_1 ?? "" }
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

type Paid = { outcome: "paid" | "waiting" | "late"; payment: PaymentToMake }
const text = (form: FormData, name: string) => String(form.get(name) ?? "").trim()

/** Joins and begins to pay; from there on the participation has a page of its own. */
export async function joinFromPage({ form, post }: Sent<ShopAsk>) {
  const items = [...form].flatMap(([name, value]) => (name.startsWith("q:") && Number(value) > 0 ? [{ item_id: name.slice(2), quantity: Number(value) }] : []))
  const contact = { name: text(form, "name"), phone: text(form, "phone") }
  const team_id = text(form, "team_id")
  const home = () => ({ ...contact, province: text(form, "province"), city: text(form, "city"), district: text(form, "district"), address: text(form, "address") })
  const way = text(form, "kind") === "team" ? { ...(team_id ? { team_id } : { open_team: true }), ship_to: home() } : { leader_id: text(form, "leader_id"), contact }
  const { participation } = await post<{ participation: Participation }>(`${S}/campaigns/${encodeURIComponent(text(form, "campaign_id"))}/join`, { idempotency_key: text(form, "key"), items, ...way })
  await post<Paid>(`${S}/participations/${participation.id}/pay`)
  return goTo(`${HOME}/mine/${participation.id}`)
}

export const loadMine = async ({ get, query }: ShopAsk) => {
  const page = Math.max(1, Math.trunc(Number(query.get("page")) || 1))
  return { page, ...(await get<{ participations: Participation[] }>(`${S}/participations?page=${page}`)) }
}

export type OwnData = { participation: Participation; team: TeamView | null; campaign: CampaignView; origin: string }

export async function loadOwn(ask: ShopAsk): Promise<OwnData> {
  const { participation } = await ask.get<{ participation: Participation }>(`${S}/participations/${id(ask)}`)
  const [{ campaign }, team] = await Promise.all([
    ask.get<{ campaign: CampaignView }>(`${S}/campaigns/${participation.campaign_id}`),
    participation.team_id ? ask.get<{ team: TeamView }>(`${S}/teams/${participation.team_id}`) : null,
  ])
  return { participation, campaign, team: team?.team ?? null, origin: ask.origin }
}

export type OwnResult = { outcome?: Paid["outcome"]; code?: string; claimed?: boolean }

/** Pays, leaves, opens the pick-up code or makes a claim: whatever the button said. */
export async function actOnOwn(sent: Sent<ShopAsk>): Promise<OwnResult | null> {
  const { form, post } = sent
  const own = `${S}/participations/${id(sent)}`
  switch (form.get("do")) {
    case "pay":
      return { outcome: (await post<Paid>(`${own}/pay`)).outcome }
    case "code":
      return { code: (await post<{ code: string }>(`${own}/code`)).code }
    case "leave":
      await post(`${own}/leave`)
      return null
    case "claim":
      await post(`${own}/claims`, { amount: Math.round(Number(form.get("amount")) * 100), reason: text(form, "reason") })
      return { claimed: true }
    default:
      return null
  }
}

export type LeaderData = { leader: LeaderView | null; commission: CommissionSummary | null; participations: ListedParticipation[]; campaigns: CampaignView[]; origin: string; locale: Locale }

export async function loadLeader({ get, origin, locale }: ShopAsk): Promise<LeaderData> {
  const own = await get<Pick<LeaderData, "leader" | "commission">>(`${S}/leader`)
  const [{ participations }, { campaigns }] = own.leader?.status === "approved" ? await Promise.all([get<{ participations: ListedParticipation[] }>(`${S}/leader/today`), get<{ campaigns: CampaignView[] }>(`${S}/campaigns`)]) : [{ participations: [] }, { campaigns: [] }]
  return { ...own, participations, campaigns: campaigns.filter(({ kind }) => kind === "community"), origin, locale }
}

export type LeaderResult = { handed?: ListedParticipation; told?: number }

export async function actAsLeader({ form, post }: Sent<ShopAsk>): Promise<LeaderResult | null> {
  switch (form.get("do")) {
    case "hand-over":
      return { handed: (await post<{ participation: ListedParticipation }>(`${S}/leader/hand-over`, { code: text(form, "code") })).participation }
    case "arrived":
      return { told: (await post<{ told: number }>(`${S}/leader/arrived`, { campaign_id: text(form, "campaign_id") })).told }
    case "apply":
      await post(`${S}/leader`, { ...Object.fromEntries(["leader_name", "phone", "point_name", "province", "city", "district", "address"].map((name) => [name, text(form, name)])), latitude: Number(form.get("latitude")), longitude: Number(form.get("longitude")) })
      return null
    default:
      return null
  }
}
