/** Sort keys of a list and what they mean to the shop API. Price is sorted by part 7's search; until then by name and date. */
export const SORTS = { newest: "-created_at", oldest: "created_at", title: "title" } as const
export type Sort = keyof typeof SORTS

export const isSort = (value: string | null): value is Sort => value !== null && Object.hasOwn(SORTS, value)
