import { useTranslation } from "@fangshi/storefront-kit"
import { Form, Link } from "react-router"

/** A notice in the reader's language; `at` as it is shown. */
export type ShownStaffNotice = { id: string; title: string; text: string; link: string | null; at: string; created_at: string; read: boolean }

/** What the shop's owner and managers were told, on the workbench's first page. */
export function StaffNotices({ notices }: { notices: ShownStaffNotice[] }) {
  const { t } = useTranslation()
  return (
    <section className="wb-panel">
      <h2>{t("notices.title")}</h2>
      <ul className="wb-notices">
        {notices.map(({ id, title, text, link, at, created_at, read }) => (
          <li key={id}>
            <b>{!read && <span className="fs-dot" role="img" aria-label={t("notices.unread")} />}{link ? <Link to={link}>{title}</Link> : title}</b>
            <time dateTime={created_at}>{at}</time>
            <p>{text}</p>
            {!read && <Form method="post" action="/workbench?index"><button name="id" value={id} className="fs-link" aria-label={`${t("notices.read")} ${title}`}>{t("notices.read")}</button></Form>}
          </li>
        ))}
      </ul>
    </section>
  )
}
