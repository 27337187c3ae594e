import { useTranslation } from "@fangshi/storefront-kit"
import { PARCEL_STATES, type ParcelState } from "@fangshi/contracts"
import { Link, type LoaderFunctionArgs, useLoaderData, useNavigation } from "react-router"
import { ParcelCard } from "../../workbench/ParcelCard"
import type { Counts, DeskParcel } from "../../workbench/desk"
import { read } from "../../workbench/desk.server"

const PAGE = 20

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  const state = PARCEL_STATES.find((each) => each === searchParams.get("state")) ?? "new"
  const page = Math.min(1_000, Math.max(1, Number.parseInt(searchParams.get("page") ?? "1", 10) || 1))
  return { state: state as ParcelState, page, ...(await read<{ parcels: DeskParcel[]; count: number; counts: Counts }>(request, shop, `parcels?state=${state}&page=${page}`)) }
}

export default function Orders() {
  const { t } = useTranslation()
  const { state, page, parcels, count, counts } = useLoaderData<typeof loader>()
  const busy = useNavigation().state !== "idle"
  return (
    <>
      <nav className="wb-tabs" aria-label={t("orders.states")}>
        {PARCEL_STATES.map((each) => (
          <Link key={each} to={`?state=${each}`} aria-current={each === state ? "page" : undefined}>{t(`state.${each}`)}{each !== "done" && each !== "refused" && (counts[each] ?? 0) > 0 && <b>{counts[each]}</b>}</Link>
        ))}
      </nav>
      {parcels.length === 0 ? <p className="wb-empty">{t("orders.empty")}</p> : <ul className="wb-list">{parcels.map((parcel) => <ParcelCard key={parcel.id} parcel={parcel} busy={busy} />)}</ul>}
      {count > PAGE && (
        <p className="wb-buttons">
          {page > 1 && <Link className="wb-button is-quiet" to={`?state=${state}&page=${page - 1}`}>{t("orders.previous")}</Link>}
          {page * PAGE < count && <Link className="wb-button is-quiet" to={`?state=${state}&page=${page + 1}`}>{t("orders.next")}</Link>}
        </p>
      )}
    </>
  )
}
