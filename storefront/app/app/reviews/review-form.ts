import { type PublicReview, REVIEW_LIMITS, STARS, type Stars } from "@fangshi/contracts"

/** A picture that is at the shop already and waits for its review. */
export type SentPicture = { id: string; url: string }

/** A review with its time in words. */
export type ShownReview = PublicReview & { at: string }

export type ReviewForm = { stars: Stars | null; text: string; anonymous: boolean; sent: SentPicture[]; files: File[] }

/** Lines of a form come with two characters at their ends, of which the page counted one. */
export const typedText = (value: FormDataEntryValue | null, most: number): string => (typeof value === "string" ? value.replace(/\r\n?/g, "\n").trim().slice(0, most) : "")

const SENT = /^([\w-]{1,80})\|(\/static\/[\w./%-]{1,300})$/

/** What the form of a review says. Pictures sent with an earlier try come along by name, without those taken away. */
export function reviewForm(form: FormData): ReviewForm {
  const dropped = new Set(form.getAll("drop"))
  const sent = form.getAll("sent").flatMap((value) => {
    const [, id, url] = (typeof value === "string" ? SENT.exec(value) : null) ?? []
    return id && url && !dropped.has(id) ? [{ id, url }] : []
  })
  const files = form.getAll("pictures").filter((value): value is File => typeof value !== "string" && value.size > 0)
  return { stars: STARS.find((stars) => String(stars) === form.get("stars")) ?? null, text: typedText(form.get("text"), REVIEW_LIMITS.text), anonymous: form.get("anonymous") === "yes", sent, files }
}
