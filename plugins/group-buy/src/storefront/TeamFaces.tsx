import { useTranslation } from "@fangshi/storefront-kit"
import type { TeamView } from "../contract"

/** The members of a team as faces with the first character of their names, and a place for each who is missing. */
export function TeamFaces({ team: { members, size }, most = 12 }: { team: TeamView; most?: number }) {
  const { t } = useTranslation("group-buy")
  const shown = members.slice(0, most)
  return (
    <ul className="gb-faces">
      {shown.map(({ name, head, paid }, i) => (
        <li key={i} className={paid ? undefined : "is-waiting"}>
          <span aria-hidden="true">{[...name][0]}</span>
          <small>{name}</small>
          {head && <em>{t("team.head")}</em>}
          {!paid && <em>{t("team.paying")}</em>}
        </li>
      ))}
      {Array.from({ length: Math.max(0, Math.min(most, size) - shown.length) }, (_, i) => <li key={`free-${i}`} className="is-free"><span aria-hidden="true">?</span><small>{t("team.free")}</small></li>)}
    </ul>
  )
}
