import { Field, Price, type Problem, ProblemNote, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { useState } from "react"
import { Form, Link, useLocation } from "react-router"
import type { CampaignView, PointView, TeamView } from "../contract"
import { Amount } from "./Amount"
import { PointChoice } from "./PointChoice"
import type { Contact, ItemPicture } from "./asks"
import { teamPromise } from "./promise"
import { shopTime } from "./shop-time"

type JoinFormProps = {
  campaign: CampaignView
  points?: PointView[]
  /** The leader whose link led here: their point is chosen already. */
  from?: string | null
  /** The team that is joined; without it a new one is opened. */
  team?: Pick<TeamView, "id" | "deadline"> | null
  pictures: Record<string, ItemPicture>
  /** Of whoever is signed in. */
  me: Contact | null
  /** A new one for each purchase: sent twice, it buys once. */
  idempotency_key: string
  problem: Problem | null
  typed: Readonly<Record<string, string>>
  busy: boolean
}

const HOME_FIELDS = [["province", "address-level1"], ["city", "address-level2"], ["district", "address-level3"], ["address", "street-address"]] as const

/** What to take, where to collect it or where it goes, and the way to pay. */
export function JoinForm({ campaign, points = [], from = null, team = null, pictures, me, idempotency_key, problem, typed, busy }: JoinFormProps) {
  const { t } = useTranslation("group-buy")
  const { locale, time_zone } = useShop()
  const money = useMoney()
  const { pathname, search } = useLocation()
  const { items, per_person_limit, kind } = campaign
  const [taken, setTaken] = useState<Record<string, number>>(() => Object.fromEntries(items.map(({ id, left }, i) => [id, Number(typed[`q:${id}`] ?? (i === 0 && left > 0 ? 1 : 0))])))
  const pieces = items.reduce((sum, { id }) => sum + (taken[id] ?? 0), 0)
  const total = items.reduce((sum, { id, current_price_amount }) => sum + (taken[id] ?? 0) * current_price_amount, 0)
  const value = (name: keyof Contact) => typed[name] ?? me?.[name] ?? ""
  const promise = teamPromise(campaign, team)
  const verb = t(kind === "team" ? (team ? "join.team" : "join.open") : "join.now")
  return (
    <Form method="post" className="gb-join" id="join" preventScrollReset>
      <input type="hidden" name="campaign_id" value={campaign.id} />
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="key" value={idempotency_key} />
      {team && <input type="hidden" name="team_id" value={team.id} />}
      <section className="fs-panel">
        <h2>{t("join.goods")}</h2>
        <ul className="gb-items">
          {items.map((item) => {
            const { handle, thumbnail } = pictures[item.product_id] ?? {}
            const most = Math.max(0, Math.min(item.left, per_person_limit ?? item.left))
            return (
              <li key={item.id}>
                <span className="gb-item-picture">{thumbnail && <img src={thumbnail} alt="" loading="lazy" width={72} height={72} />}</span>
                <span className="gb-item-words">
                  {handle ? <Link to={`/p/${handle}`}>{item.title[locale]}</Link> : <span>{item.title[locale]}</span>}
                  <Price fen={item.current_price_amount} original={item.unit_price_amount > item.current_price_amount ? item.unit_price_amount : null} />
                  <small className="gb-soft">{item.left > 0 ? t("join.left", { n: item.left }) : t("phase.sold_out")}</small>
                </span>
                {most > 0 && <Amount name={`q:${item.id}`} label={item.title[locale]} value={Math.min(taken[item.id] ?? 0, most)} most={most} least={items.length === 1 ? 1 : 0} onChange={(next) => setTaken({ ...taken, [item.id]: next })} />}
              </li>
            )
          })}
        </ul>
        {per_person_limit !== null && <p className="gb-soft">{t("join.limit", { n: per_person_limit })}</p>}
      </section>
      {me ? (
        <section className="fs-panel fs-fields">
          {kind === "community" && <PointChoice campaign_id={campaign.id} points={points} chosen={typed.leader_id ?? from ?? ""} />}
          <h2>{t(kind === "team" ? "join.shipTo" : "join.contact")}</h2>
          <Field name="name" label={t("join.name")} error={null} defaultValue={value("name")} autoComplete="name" maxLength={40} required />
          <Field name="phone" label={t("join.phone")} error={null} defaultValue={value("phone")} type="tel" inputMode="tel" autoComplete="tel" required />
          {kind === "team" && HOME_FIELDS.map(([name, autoComplete]) => <Field key={name} name={name} label={t(`join.${name}`)} error={null} defaultValue={value(name)} autoComplete={autoComplete} required={name !== "district"} />)}
        </section>
      ) : null}
      <ProblemNote problem={problem} />
      <p className="gb-pay">
        <span><small className="gb-soft">{t("join.total", { n: pieces })}</small><b>{money(total / 100)}</b></span>
        {me ? <button className="fs-button" disabled={busy || pieces === 0}>{t(busy ? "join.busy" : "join.pay", { verb })}</button> : <Link className="fs-button" to={`/account/sign-in?back=${encodeURIComponent(pathname + search)}`}>{t("join.signIn", { verb })}</Link>}
      </p>
      <p className="gb-soft gb-promise">{kind === "community" ? t("join.promise.community") : "hours" in promise ? t("join.promise.hours", { count: promise.hours }) : t("join.promise.until", { time: shopTime(promise.until, locale, time_zone) })}</p>
    </Form>
  )
}
