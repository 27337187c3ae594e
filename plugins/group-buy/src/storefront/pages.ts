import { type PluginPage, type PluginRelay, type WorkbenchScreen, definePluginPages } from "@fangshi/storefront-kit"
import { lazy } from "react"
import type { CampaignView } from "../contract"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"
import style from "./pages.css?url"

// What pages ask for is fetched with no page: only the server runs it.
const asks = () => import("./asks")
const deskAsks = () => import("./desk/asks")

const pages: PluginPage[] = [
  { path: "", title: "campaigns", load: async (ask) => (await asks()).loadCampaigns(ask), component: lazy(() => import("./CampaignsPage")) },
  {
    path: "campaigns/:id",
    title: "campaign.title",
    load: async (ask) => (await asks()).loadCampaign(ask),
    act: async (sent) => (await asks()).joinFromPage(sent),
    head: ({ data: { campaign }, locale }: { data: { campaign: CampaignView }; locale: "zh-CN" | "en" }) => ({ title: campaign.title[locale], ...(campaign.description ? { description: campaign.description[locale] } : {}), picture: campaign.pictures[0] ?? null }),
    component: lazy(() => import("./CampaignPage")),
  },
  {
    path: "teams/:id",
    title: "team.title",
    load: async (ask) => (await asks()).loadTeam(ask),
    act: async (sent) => (await asks()).joinFromPage(sent),
    head: ({ data: { campaign, team }, locale, t }: { data: { campaign: CampaignView; team: { size: number; paid: number } }; locale: "zh-CN" | "en"; t: (key: string, values?: Record<string, unknown>) => string }) => ({ title: campaign.title[locale], description: t("team.missing", { n: team.size - team.paid }), picture: campaign.pictures[0] ?? null }),
    component: lazy(() => import("./TeamPage")),
  },
  { path: "mine", title: "mine.title", signedIn: true, load: async (ask) => (await asks()).loadMine(ask), component: lazy(() => import("./MinePage")) },
  { path: "mine/:id", title: "mine.one", signedIn: true, load: async (ask) => (await asks()).loadOwn(ask), act: async (sent) => (await asks()).actOnOwn(sent), component: lazy(() => import("./ParticipationPage")) },
  { path: "leader", title: "leader.title", signedIn: true, load: async (ask) => (await asks()).loadLeader(ask), act: async (sent) => (await asks()).actAsLeader(sent), component: lazy(() => import("./LeaderPage")) },
]

const workbench: WorkbenchScreen[] = [
  { path: "", title: "campaigns", duty: "products", load: async (ask) => (await deskAsks()).loadCampaigns(ask), component: lazy(() => import("./desk/CampaignsScreen")) },
  { path: "campaigns/new", title: "desk.new", nav: false, duty: "products", load: async (ask) => (await deskAsks()).loadNew(ask), act: async (sent) => (await deskAsks()).createCampaign(sent), component: lazy(() => import("./desk/NewCampaignScreen")) },
  { path: "campaigns/:id", title: "campaign.title", duty: "products", load: async (ask) => (await deskAsks()).loadCampaign(ask), act: async (sent) => (await deskAsks()).actOnCampaign(sent), component: lazy(() => import("./desk/CampaignScreen")) },
  { path: "campaigns/:id/sheets/:sheet", title: "desk.sheets", duty: "orders", load: async (ask) => (await deskAsks()).loadSheet(ask), act: async (sent) => (await deskAsks()).noteShortage(sent), component: lazy(() => import("./desk/SheetScreen")) },
  { path: "claims", title: "desk.claims", duty: "refunds", load: async (ask) => (await deskAsks()).loadClaims(ask), act: async (sent) => (await deskAsks()).decideClaim(sent), component: lazy(() => import("./desk/ClaimsScreen")) },
  { path: "leaders", title: "desk.leaders", duty: "staff", load: async (ask) => (await deskAsks()).loadLeaders(ask), act: async (sent) => (await deskAsks()).decideLeader(sent), component: lazy(() => import("./desk/LeadersScreen")) },
]

const relays: PluginRelay[] = [
  { path: "campaigns/:id", to: "/store/group-buy/campaigns/:id" },
  { path: "campaigns/:id/live", to: "/store/group-buy/campaigns/:id/live" },
  { path: "campaigns/:id/points", to: "/store/group-buy/campaigns/:id/points" },
  { path: "campaigns/:id/sheets/:sheet", to: "/admin/workbench/group-buy/campaigns/:id/sheets/:sheet", desk: true },
]

export const later = definePluginPages({ pages, workbench, relays, locales: { "zh-CN": zh, en }, styles: [style] })
