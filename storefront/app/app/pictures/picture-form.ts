/** A picture that is at the shop already and waits for what it belongs to. */
export type SentPicture = { id: string; url: string }

/** Lines of a form come with two characters at their ends, of which the page counted one. */
export const typedText = (value: FormDataEntryValue | null, most: number): string => (typeof value === "string" ? value.replace(/\r\n?/g, "\n").trim().slice(0, most) : "")

const SENT = /^([\w-]{1,80})\|(\/static\/[\w./%-]{1,300})$/

/** The pictures of a form: new files, and those sent with an earlier try, which come along by name, without those taken away. */
export function picturesOf(form: FormData): { sent: SentPicture[]; files: File[] } {
  const dropped = new Set(form.getAll("drop"))
  const sent = form.getAll("sent").flatMap((value) => {
    const [, id, url] = (typeof value === "string" ? SENT.exec(value) : null) ?? []
    return id && url && !dropped.has(id) ? [{ id, url }] : []
  })
  return { sent, files: form.getAll("pictures").filter((value): value is File => typeof value !== "string" && value.size > 0) }
}
