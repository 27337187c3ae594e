import type { HttpTypes } from "@medusajs/types"

/** One variant as the page offers it. Prices in major units; `stock` in pieces, null where nothing is counted; `values`: which value it has of which option. */
export type Choice = { id: string; title: string; price: number | null; original: number | null; stock: number | null; barcode: string | null; values: Record<string, string> }

/** One row of choices: an option of the product with the values its variants have. */
export type OptionRow = { id: string; title: string; values: { id: string; value: string }[] }

export const isInStock = (choice: Choice): boolean => choice.stock !== 0

type Product = Pick<HttpTypes.StoreProduct, "variants" | "options">

/** Medusa keeps no order of options; the title of a variant, which names their values one after the other, does. */
function placeInTitle({ id, values }: OptionRow, choice: Choice | undefined): number {
  const value = values.find((each) => each.id === choice?.values[id])?.value
  return value === undefined ? -1 : (choice?.title.split(" / ").indexOf(value) ?? -1)
}

/** Variants in order of their price, and the rows from which one is put together, with the values in the order of the variants that have them. */
export function choicesOf({ variants, options }: Product, original: (variant: HttpTypes.StoreProductVariant) => number | null): { choices: Choice[]; rows: OptionRow[] } {
  const choices = (variants ?? [])
    .map((variant): Choice => ({
      id: variant.id,
      title: variant.title ?? "",
      price: variant.calculated_price?.calculated_amount ?? null,
      original: original(variant),
      stock: variant.manage_inventory ? Math.max(0, variant.inventory_quantity ?? 0) : null,
      barcode: variant.barcode ?? null,
      values: Object.fromEntries((variant.options ?? []).flatMap(({ option_id, id }) => (option_id ? [[option_id, id]] : []))),
    }))
    .sort((a, b) => (a.price ?? 0) - (b.price ?? 0))
  const firstWith = (option: string, value: string) => choices.findIndex(({ values }) => values[option] === value)
  const rows = (options ?? [])
    .map(({ id, title, values }): OptionRow => ({ id, title, values: (values ?? []).filter((value) => firstWith(id, value.id) >= 0).sort((a, b) => firstWith(id, a.id) - firstWith(id, b.id)).map((value) => ({ id: value.id, value: value.value })) }))
    .sort((a, b) => placeInTitle(a, choices[0]) - placeInTitle(b, choices[0]))
  return { choices, rows }
}

export const OPTION = "option:"

/** The variant a form means: the one it names, or the one with the value it names of every option. Null where there is none. */
export function chosenVariant(form: FormData, choices: readonly Choice[]): Choice | null {
  const named = form.get("variant_id")
  if (typeof named === "string") return choices.find(({ id }) => id === named) ?? null
  const asked = [...form].flatMap(([key, value]) => (key.startsWith(OPTION) ? [[key.slice(OPTION.length), String(value)] as const] : []))
  return choices.find(({ values }) => asked.length > 0 && Object.keys(values).length === asked.length && asked.every(([option, value]) => values[option] === value)) ?? null
}
