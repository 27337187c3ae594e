import { useTranslation } from "@fangshi/storefront-kit"
import { REVIEW_LIMITS } from "@fangshi/contracts"
import { type ActionFunctionArgs, Form, type LoaderFunctionArgs, data, redirect, useActionData, useLoaderData, useNavigation } from "react-router"
import "../../account/texts"
import { localeOf } from "../../locale.server"
import { askMembers, requireMember } from "../../member.server"
import { PictureField } from "../../pictures/PictureField"
import { readPictureForm, sendPictures } from "../../pictures/pictures.server"
import { StarChoice } from "../../reviews/Stars"
import { type ReviewForm, reviewForm } from "../../reviews/review-form"

type DueLine = { line_item_id: string; title: string; variant_title: string | null; thumbnail: string | null }

export async function loader({ request, params, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const told = await askMembers<{ due: DueLine[] }>(shop, locale, token, "GET", "me/reviews")
  const line = told.ok ? told.value.due.find(({ line_item_id }) => line_item_id === params.line) : undefined
  // Reviewed already, or never received: the list says which.
  if (!line) throw redirect("/account/reviews")
  return { line }
}

type Result = { text: string | null; wrong: "stars" | "pictures" | null; form: Pick<ReviewForm, "stars" | "text" | "anonymous" | "sent"> }
const EMPTY: Result["form"] = { stars: null, text: "", anonymous: false, sent: [] }

/** Pictures go to the shop first: whatever else is wrong, nobody has to choose them again. */
export async function action({ request, params, context: { shop } }: ActionFunctionArgs) {
  const locale = await localeOf(request, shop)
  const { token } = await requireMember(request, shop, locale)
  const body = await readPictureForm(request)
  if (!body) return data<Result>({ text: null, wrong: "pictures", form: EMPTY }, { status: 413 })
  const { files, ...form } = reviewForm(body)
  const { sent, ...pictures } = await sendPictures(shop, locale, token, "members/me/review-pictures", { sent: form.sent, files }, REVIEW_LIMITS.pictures)
  const answer = (wrong: Result["wrong"], text: string | null, status: number) => data<Result>({ text, wrong, form: { ...form, sent } }, { status })
  if (pictures.wrong) return answer("pictures", pictures.text, 422)
  if (!form.stars) return answer("stars", null, 422)
  const told = await askMembers(shop, locale, token, "POST", "me/reviews", { line_item_id: params.line, stars: form.stars, text: form.text, anonymous: form.anonymous, picture_ids: sent.map(({ id }) => id) })
  return told.ok ? redirect("/account/reviews?done=1") : answer(null, told.text, 409)
}

export default function WriteReview() {
  const { t } = useTranslation()
  const { line } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const busy = useNavigation().state !== "idle"
  const form = result?.form ?? EMPTY
  const pictureError = result?.wrong === "pictures" ? (result.text ?? t("pictures.tooMany", { most: REVIEW_LIMITS.pictures })) : null
  return (
    <section className="fs-narrow">
      <h1 className="fs-title">{t("reviews.form.title")}</h1>
      {result?.text && !result.wrong && <p className="fs-notice" role="alert">{result.text}</p>}
      <div className="fs-panel fs-line">
        <span className="fs-picture">{line.thumbnail && <img src={line.thumbnail} alt="" width={84} height={84} />}</span>
        <div><h2>{line.title}</h2><p className="fs-sub">{line.variant_title}</p></div>
      </div>
      <Form method="post" encType="multipart/form-data" className="fs-panel fs-fields" noValidate key={form.sent.length}>
        <StarChoice chosen={form.stars} error={result?.wrong === "stars" ? t("reviews.form.wrongStars") : null} />
        <p className="fs-field"><label htmlFor="text">{t("reviews.form.text")}</label><textarea id="text" name="text" rows={5} maxLength={REVIEW_LIMITS.text} defaultValue={form.text} placeholder={t("reviews.form.textExample")} /></p>
        <PictureField sent={form.sent} error={pictureError} most={REVIEW_LIMITS.pictures} />
        <label className="fs-check"><input type="checkbox" name="anonymous" value="yes" defaultChecked={form.anonymous} />{t("reviews.form.anonymous")}</label>
        <button className="fs-button" disabled={busy}>{t(busy ? "reviews.form.sending" : "reviews.form.send")}</button>
      </Form>
    </section>
  )
}
