import { useTranslation } from "@fangshi/storefront-kit"
import { type Role, may } from "@fangshi/contracts"
import { Link, useRouteLoaderData } from "react-router"
import type { Me } from "./desk"

const mayChange = (me: { role: Role; merchant: unknown } | undefined) => me && !me.merchant && may(me.role, "delivery")

/** The way to points and slots, for those who may change them. */
export function DeliveryLink() {
  const { t } = useTranslation()
  const me = useRouteLoaderData<{ me: Me }>("routes/workbench/signed-in")?.me
  return mayChange(me) ? <Link to="/workbench/delivery" className="wb-panel wb-way"><b>{t("delivery.title")}</b><small>{t("delivery.hint")}</small></Link> : null
}
