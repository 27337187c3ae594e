import { Empty, type PageProps, useMoney, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import type { Participation } from "../contract"
import { stateOf } from "./state-of"

const PAGE = 20

/** A shopper's own groups, the latest first. */
export default function MinePage({ data: { participations, page } }: PageProps<{ participations: Participation[]; page: number }>) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  const money = useMoney()
  if (!participations.length && page === 1) return <Empty level={1} title={t("mine.none")} hint={t("mine.noneHint")}><Link className="fs-button" to="/x/group-buy">{t("others")}</Link></Empty>
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("mine.title")}</h1>
      <ul className="gb-list">
        {participations.map((one) => (
          <li key={one.id}>
            <Link to={`/x/group-buy/mine/${one.id}`} className="gb-card">
              <span className="gb-card-picture">{one.picture && <img src={one.picture} alt="" loading="lazy" width={240} height={240} />}</span>
              <span className="gb-card-body">
                <b className="gb-card-title">{one.campaign_title[locale]}</b>
                <small className="gb-soft">{one.lines.map(({ title, quantity }) => `${title[locale]} × ${quantity}`).join(" · ")}</small>
                {one.point && <small className="gb-soft">{one.point.address}</small>}
                <span className="gb-card-foot"><b>{money((one.due_amount ?? one.amount) / 100)}</b><i className={`gb-state is-${stateOf(one)}`}>{t(`state.${stateOf(one)}`)}</i></span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {(page > 1 || participations.length === PAGE) && (
        <nav className="fs-pages">
          {page > 1 && <Link className="fs-button is-quiet" to={`?page=${page - 1}`}>{t("newer")}</Link>}
          {participations.length === PAGE && <Link className="fs-button is-quiet" to={`?page=${page + 1}`}>{t("older")}</Link>}
        </nav>
      )}
    </section>
  )
}
