import { type Problem, ProblemNote, useShop, useTranslation } from "@fangshi/storefront-kit"
import { Form } from "react-router"
import type { PurchaseLine, SortingMatrix } from "../../contract"

type Props = { lines: PurchaseLine[]; points: SortingMatrix["points"]; noted: { pieces: number; people: number } | null; problem: Problem | null; busy: boolean; form_key: string }

/** Notes what the supplier did not bring; its price goes back by itself. */
export function ShortageForm({ lines, points, noted, problem, busy, form_key }: Props) {
  const { t } = useTranslation("group-buy")
  const { locale } = useShop()
  return (
    <section className="wb-panel wb-screen-only">
      <h2>{t("short.title")}</h2>
      <p className="wb-soft">{t("short.hint")}</p>
      <ProblemNote problem={problem} />
      {noted && <p className="wb-good" role="status">{t("short.noted", { pieces: noted.pieces, people: noted.people })}</p>}
      <Form method="post" className="wb-form" key={form_key}>
        <input type="hidden" name="key" value={form_key} />
        <label>{t("sheet.item")}<select name="item_id">{lines.map(({ item_id, title }) => <option key={item_id} value={item_id}>{title[locale]}</option>)}</select></label>
        <label>{t("sheet.point")}<select name="leader_id"><option value="">{t("short.anywhere")}</option>{points.map(({ leader_id, name }) => <option key={leader_id} value={leader_id}>{name}</option>)}</select></label>
        <label>{t("sheet.pieces")}<input name="pieces" type="number" min="1" max={Math.max(...lines.map(({ pieces }) => pieces))} required /></label>
        <button className="wb-button" disabled={busy}>{t("short.note")}</button>
      </Form>
    </section>
  )
}
