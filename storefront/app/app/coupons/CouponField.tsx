import { useTranslation } from "@fangshi/storefront-kit"
import { COUPON_CODE_LENGTH } from "@fangshi/contracts"
import { useEffect, useRef } from "react"
import type { CouponProblem, ShownCoupon } from "./coupons.server"

type Props = { coupon: ShownCoupon | null; problem: CouponProblem | null; busy: boolean }

/** Takes a code in, or shows the one that is in use with a way to take it off. Stands in whichever form posts it. */
export function CouponField({ coupon, problem, busy }: Props) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  // Where the shopper has to go.
  useEffect(() => void (problem && input.current?.focus()), [problem])
  if (coupon?.applied && !problem)
    return (
      <p className="fs-coupon" role="status">
        <span>{t("coupon.label")} <b className="fs-coupon-code">{coupon.code}</b></span>
        <button className="fs-link" name="coupon" value="remove" formNoValidate disabled={busy}>{t("coupon.remove")}</button>
      </p>
    )
  const waits = coupon && !coupon.applied ? coupon : null
  const complaint = problem?.text ?? waits?.why
  return (
    <div className="fs-field fs-coupon-field">
      <label htmlFor="coupon_code">{t("coupon.label")}</label>
      <div className="fs-coupon">
        <input
          // A code that was taken leaves an empty field behind.
          key={`${coupon?.code ?? ""} ${problem?.typed ?? ""}`}
          ref={input}
          id="coupon_code"
          name="coupon_code"
          defaultValue={problem?.typed ?? ""}
          maxLength={COUPON_CODE_LENGTH}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder={t("coupon.placeholder")}
          aria-invalid={problem ? true : undefined}
          aria-describedby={complaint ? "coupon-error" : undefined}
        />
        <button className="fs-button is-quiet" name="coupon" value="apply" formNoValidate disabled={busy}>{t("coupon.apply")}</button>
      </div>
      {/* Read and left standing, it is not asked for again with the order. */}
      {problem && <input type="hidden" name="coupon_refused" value={problem.typed} />}
      {complaint && <span className="fs-error" id="coupon-error" role="alert">{!problem && waits ? t("labelled", { label: waits.code, value: complaint }) : complaint}</span>}
      {!complaint && waits && <button className="fs-link" name="coupon_again" value={waits.code} formNoValidate disabled={busy}>{t("coupon.again", { code: waits.code })}</button>}
      {coupon?.applied && <span className="fs-sub">{t("coupon.stays", { code: coupon.code })}</span>}
    </div>
  )
}
