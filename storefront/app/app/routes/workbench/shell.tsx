import { LanguageProvider, useShop, useTranslation } from "@fangshi/storefront-kit"
import { useMemo } from "react"
import { Link, Outlet, isRouteErrorResponse, useRouteError } from "react-router"
import { refusalIn } from "../../plugin-pages/refusal-in"
import { workbenchLanguage } from "../../workbench/language"
import styles from "../../workbench/workbench.css?url"

export const handle = { ownLayout: true }

export const links = () => [{ rel: "stylesheet", href: styles }]

export const meta = () => [{ title: "Workbench 工作台" }, { name: "robots", content: "noindex" }]

function Words({ children }: { children: React.ReactNode }) {
  const { locale } = useShop()
  const language = useMemo(() => workbenchLanguage(locale), [locale])
  return <LanguageProvider value={language}>{children}</LanguageProvider>
}

export default function Shell() {
  return <Words><Outlet /></Words>
}

function Refused({ status, said }: { status: number; said: { text: string; hint: string } | null }) {
  const { t } = useTranslation()
  const why = status === 403 ? "forbidden" : status === 404 ? "missing" : "failed"
  return (
    <main className="wb-main wb-empty" role="alert">
      <h1>{said?.text ?? t(`error.${why}`)}</h1>
      <p>{said?.hint ?? t(`error.${why}Hint`)}</p>
      <p className="wb-buttons"><Link to="/workbench" className="wb-button" reloadDocument>{t("error.home")}</Link></p>
      <form method="post" action="/workbench/logout"><button className="wb-link">{t("nav.signOut")}</button></form>
    </main>
  )
}

export function ErrorBoundary() {
  const error = useRouteError()
  return <Words><Refused status={isRouteErrorResponse(error) ? error.status : 500} said={isRouteErrorResponse(error) ? refusalIn(error.data) : null} /></Words>
}
