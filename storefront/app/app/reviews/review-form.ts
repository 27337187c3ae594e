import { type PublicReview, REVIEW_LIMITS, STARS, type Stars } from "@fangshi/contracts"
import { type SentPicture, picturesOf, typedText } from "../pictures/picture-form"

/** A review with its time in words. */
export type ShownReview = PublicReview & { at: string }

export type ReviewForm = { stars: Stars | null; text: string; anonymous: boolean; sent: SentPicture[]; files: File[] }

/** What the form of a review says. */
export const reviewForm = (form: FormData): ReviewForm => ({
  ...picturesOf(form),
  stars: STARS.find((stars) => String(stars) === form.get("stars")) ?? null,
  text: typedText(form.get("text"), REVIEW_LIMITS.text),
  anonymous: form.get("anonymous") === "yes",
})
