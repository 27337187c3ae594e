import { useTranslation } from "@fangshi/storefront-kit"
import { Link } from "react-router"
import "../../account/texts"

export default function Farewell() {
  const { t } = useTranslation()
  return (
    <section className="fs-empty" role="status">
      <h1>{t("account.privacy.erased")}</h1>
      <p>{t("account.privacy.erasedHint")}</p>
      <Link to="/" className="fs-button">{t("error.home")}</Link>
    </section>
  )
}
