import { z } from "zod"

const text = (least: number, most: number) => z.string().trim().min(least).max(most)

/** What a shopper fills in to have goods delivered. Field names are keys of the locale files. */
export const checkoutForm = z.object({
  name: text(1, 40),
  phone: z.string().transform((value) => value.replace(/[\s-]/g, "").replace(/^\+?86(?=1)/, "")).pipe(z.string().regex(/^1[3-9]\d{9}$/)),
  province: text(2, 20),
  city: text(2, 20),
  district: text(0, 20),
  address: text(4, 120),
  note: text(0, 200),
  shipping_option: z.string().regex(/^[\w-]{1,80}$/),
})
export type CheckoutForm = z.infer<typeof checkoutForm>
export type CheckoutField = keyof CheckoutForm

export type Checked = { ok: true; form: CheckoutForm } | { ok: false; wrong: CheckoutField[]; values: Record<string, string> }

/** Checks a posted form; what was typed comes back beside the fields that are wrong. */
export function checkCheckoutForm(posted: FormData): Checked {
  const values = Object.fromEntries(Object.keys(checkoutForm.shape).map((key) => [key, typeof posted.get(key) === "string" ? String(posted.get(key)).slice(0, 300) : ""]))
  const parsed = checkoutForm.safeParse(values)
  if (parsed.success) return { ok: true, form: parsed.data }
  return { ok: false, wrong: [...new Set(parsed.error.issues.map((issue) => issue.path[0] as CheckoutField))], values }
}

/** 138****0000, for showing. */
export const maskPhone = (phone: string): string => phone.replace(/^(\d{3})\d{4}(\d{4})$/, "$1****$2")
