import { ADDRESS_RULES, tidy } from "./address-form"

// Plain functions, because the browser asks the same rules while somebody types.
const RULES = {
  ...ADDRESS_RULES,
  note: (value: string) => value.trim().length <= 200,
  shipping_option: (value: string) => /^[\w-]{1,80}$/.test(value),
}

/** What a shopper fills in to have goods delivered. Field names are keys of the locale files. */
export type CheckoutField = keyof typeof RULES
export type CheckoutForm = Record<CheckoutField, string>

const FIELDS = Object.keys(RULES) as CheckoutField[]
const formOf = (valueOf: (field: CheckoutField) => string) => Object.fromEntries(FIELDS.map((field) => [field, valueOf(field)])) as CheckoutForm

/** Whether a field may have this value; one that is not of the form may have any. */
export const isRight = (field: string, value: string): boolean => RULES[field as CheckoutField]?.(value) ?? true

export type Checked = { ok: true; form: CheckoutForm } | { ok: false; wrong: CheckoutField[]; values: CheckoutForm }

/** What somebody typed, right or not. */
export const typedForm = (posted: FormData): CheckoutForm => formOf((field) => (typeof posted.get(field) === "string" ? String(posted.get(field)).slice(0, 300) : ""))

/** Checks a posted form; what was typed comes back beside the fields that are wrong. */
export function checkCheckoutForm(posted: FormData): Checked {
  const values = typedForm(posted)
  const wrong = FIELDS.filter((field) => !isRight(field, values[field]))
  if (wrong.length) return { ok: false, wrong, values }
  return { ok: true, form: formOf((field) => tidy(field, values[field])) }
}
