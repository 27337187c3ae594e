/** Only back into this shop: never to an address somebody put into the form. */
export const safeBack = (value: FormDataEntryValue | string | null, otherwise = "/"): string => (typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : otherwise)
