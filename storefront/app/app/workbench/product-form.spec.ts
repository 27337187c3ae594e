import { NOTHING_TYPED, offerOf, productOf } from "./product-form"

const typed = (more: object) => ({ ...NOTHING_TYPED, key: "k", title: "苹果", price: "9.9", ...more })

describe("a product's form", () => {
  it("puts the chosen cover first and leaves out what is taken away, be it the cover", () => {
    const form = new FormData()
    for (const id of ["a", "b", "c"]) form.append("picture", id)
    form.set("cover", "c")
    form.set("remove", "a")
    expect(productOf(form).picture_ids).toEqual(["c", "b"])
    form.set("remove", "c")
    expect(productOf(form).picture_ids).toEqual(["a", "b"])
  })

  it("names the field that is wrong, and reads a price in fen", () => {
    expect(offerOf(typed({ title: "" }))).toEqual({ wrong: "title" })
    for (const price of ["", "0", "-1", "1.999", "9999999", "一块"]) expect(offerOf(typed({ price }))).toEqual({ wrong: "price" })
    for (const stock of ["-1", "1.5", "100001", "很多"]) expect(offerOf(typed({ stock }))).toEqual({ wrong: "stock" })
    expect(offerOf(typed({}))).toEqual({ price_amount: 990, stock: null })
    expect(offerOf(typed({ price: "1000000", stock: "100000" }))).toEqual({ price_amount: 100_000_000, stock: 100_000 })
    expect(offerOf(typed({ stock: "0" }))).toEqual({ price_amount: 990, stock: 0 })
  })
})
