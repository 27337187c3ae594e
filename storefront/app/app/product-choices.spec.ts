import type { HttpTypes } from "@medusajs/types"
import { choicesOf, chosenVariant } from "./product-choices"

const variant = (id: string, amount: number, inventory_quantity: number, ...values: [string, string][]) =>
  ({ id, title: values.map(([, value]) => value).join(" / "), manage_inventory: true, inventory_quantity, barcode: null, calculated_price: { calculated_amount: amount }, options: values.map(([option_id, value]) => ({ id: value, option_id, value })) }) as unknown as HttpTypes.StoreProductVariant
const option = (id: string, ...values: string[]) => ({ id, title: id, values: values.map((value) => ({ id: value, value })) }) as unknown as HttpTypes.StoreProductOption

const { choices, rows } = choicesOf(
  { variants: [variant("big-red", 9, 1, ["size", "big"], ["colour", "red"]), variant("small-red", 5, -2, ["size", "small"], ["colour", "red"]), variant("big-blue", 7, 3, ["size", "big"], ["colour", "blue"])], options: [option("colour", "blue", "red"), option("size", "big", "small", "huge")] },
  () => null,
)
const form = (fields: Record<string, string>) => {
  const data = new FormData()
  for (const [key, value] of Object.entries(fields)) data.append(key, value)
  return data
}

describe("the choices of a product", () => {
  it("begin with the cheapest, never have fewer than no pieces, and are put together from rows in the order of a title, without a value that no variant has", () => {
    expect(choices.map(({ id, stock }) => [id, stock])).toEqual([["small-red", 0], ["big-blue", 3], ["big-red", 1]])
    expect(rows.map(({ values }) => values.map(({ id }) => id))).toEqual([["small", "big"], ["red", "blue"]])
  })

  it.each([
    [{ variant_id: "big-blue" }, "big-blue"],
    [{ variant_id: "of another product" }, undefined],
    [{ "option:size": "big", "option:colour": "red" }, "big-red"],
    [{ "option:size": "small", "option:colour": "blue" }, undefined],
    [{ "option:size": "big" }, undefined],
    [{ "option:size": "big", "option:colour": "red", "option:taste": "sweet" }, undefined],
    [{}, undefined],
  ])("%j means %s", (fields, id) => {
    expect(chosenVariant(form(fields as Record<string, string>), choices)?.id).toBe(id)
  })
})
