import { PICK_UP_CODE } from "@fangshi/contracts"
import { useMoney, useTranslation } from "@fangshi/storefront-kit"
import { useCallback } from "react"
import { type ActionFunctionArgs, Form, data, useActionData, useNavigation, useSubmit } from "react-router"
import { formOf } from "../../form.server"
import { CodeScanner } from "../../workbench/CodeScanner"
import { ProblemNote } from "../../workbench/ProblemNote"
import type { DeskParcel } from "../../workbench/desk"
import { act, problemOf } from "../../workbench/desk.server"

export async function action({ request, context: { shop } }: ActionFunctionArgs) {
  const code = String((await formOf(request)).get("code") ?? "").replace(/\s/g, "")
  if (!PICK_UP_CODE.test(code)) return data({ parcel: null, problem: problemOf("PICK_UP_CODE_WRONG") }, { status: 422 })
  const { value, problem } = await act<{ parcel: DeskParcel }>(request, shop, "hand-over", { code })
  return data({ parcel: value?.parcel ?? null, problem }, { status: problem ? 409 : 200 })
}

export default function HandOver() {
  const { t } = useTranslation()
  const money = useMoney()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const submit = useSubmit()
  const scanned = useCallback((code: string) => void submit({ code }, { method: "post" }), [submit])
  const done = result?.parcel
  return (
    <section className="wb-panel">
      <h1>{t("handOver.title")}</h1>
      <p className="wb-soft">{t("handOver.hint")}</p>
      <ProblemNote problem={result?.problem} />
      {done && (
        <div className="wb-good" role="status">
          <p><b>{t("handOver.done", { number: done.number })}</b></p>
          <ul>{done.lines.map((line) => <li key={line.line_item_id}>{line.title} {line.variant_title} ×{line.quantity}</li>)}</ul>
          <p className="wb-money">{money((done.goods_amount + (done.shipping_amount ?? 0)) / 100)}</p>
        </div>
      )}
      <CodeScanner onCode={scanned} />
      <Form method="post" className="wb-form" key={done?.id ?? "next"}>
        <label>{t("handOver.code")}<input className="wb-code" name="code" inputMode="numeric" autoComplete="off" pattern="[0-9 ]{6,7}" maxLength={7} required placeholder="000000" /></label>
        <button className="wb-button" disabled={busy}>{t("handOver.submit")}</button>
      </Form>
    </section>
  )
}
