import { useTranslation } from "@fangshi/storefront-kit"
import { STARS } from "@fangshi/contracts"

const STAR = "M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5-5.9-3.2-5.9 3.2 1.2-6.5L2.5 9.5l6.6-.9z"

/** So many stars of five, read out as a number. */
export function StarRow({ stars }: { stars: number }) {
  const { t } = useTranslation()
  return (
    <span className="fs-stars" role="img" aria-label={t("reviews.outOfFive", { stars })}>
      {STARS.map((each) => <svg key={each} className={each <= Math.round(stars) ? "is-full" : undefined} viewBox="0 0 24 24" width="18" height="18" aria-hidden="true"><path d={STAR} /></svg>)}
    </span>
  )
}

/** Five radio buttons drawn as stars; the style sheet fills those up to the chosen one. */
export function StarChoice({ chosen, error }: { chosen: number | null; error: string | null }) {
  const { t } = useTranslation()
  return (
    <fieldset className="fs-star-choice" aria-describedby={error ? "stars-error" : undefined}>
      <legend>{t("reviews.form.stars")}</legend>
      <div>
        {STARS.map((each) => (
          <span key={each}>
            <input type="radio" id={`stars-${each}`} name="stars" value={each} defaultChecked={chosen === each} required />
            <label htmlFor={`stars-${each}`}><svg viewBox="0 0 24 24" width="34" height="34" aria-hidden="true"><path d={STAR} /></svg><span>{t(`reviews.form.words.${each}`)}</span></label>
          </span>
        ))}
      </div>
      {error && <p className="fs-error" id="stars-error">{error}</p>}
    </fieldset>
  )
}
