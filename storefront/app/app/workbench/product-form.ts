import type { EditedProduct } from "@fangshi/contracts"
import { PRODUCT_LIMITS } from "@fangshi/contracts"
import { typedText } from "../pictures/picture-form"
import { fenOf } from "./desk"

/** What was typed of a product, as it was typed; of a new one with price and pieces. */
export type TypedProduct = Omit<EditedProduct, "id" | "handle" | "pictures" | "merchant_id"> & { merchant_id?: string | null; key: string; price: string; stock: string; picture_ids: string[] }

export const NOTHING_TYPED: Omit<TypedProduct, "key"> = { title: "", title_en: "", description: "", description_en: "", category_id: null, status: "draft", price: "", stock: "", picture_ids: [] }

/** The chosen cover first, then the others in their order, without those taken away. */
export function productOf(form: FormData): TypedProduct {
  const [removed, cover] = [new Set(form.getAll("remove")), form.get("cover")]
  const kept = form.getAll("picture").filter((id): id is string => typeof id === "string" && !removed.has(id))
  return {
    key: typedText(form.get("key"), 16),
    title: typedText(form.get("title"), PRODUCT_LIMITS.title),
    title_en: typedText(form.get("title_en"), PRODUCT_LIMITS.title),
    description: typedText(form.get("description"), PRODUCT_LIMITS.description),
    description_en: typedText(form.get("description_en"), PRODUCT_LIMITS.description),
    category_id: typedText(form.get("category_id"), 80) || null,
    status: form.get("status") === "published" ? "published" : "draft",
    price: typedText(form.get("price"), 12),
    stock: typedText(form.get("stock"), 7),
    // Only those who may say whose it is are asked.
    ...(form.has("merchant_id") ? { merchant_id: typedText(form.get("merchant_id"), 80) || null } : {}),
    picture_ids: [...kept.filter((id) => id === cover), ...kept.filter((id) => id !== cover)],
  }
}

/** The field that is wrong of a new product, or its price in fen and its pieces; without pieces nobody counts them. */
export function offerOf({ title, price, stock }: TypedProduct): { wrong: "title" | "price" | "stock" } | { price_amount: number; stock: number | null } {
  const price_amount = fenOf(price)
  if (!title) return { wrong: "title" }
  if (!price_amount || price_amount > PRODUCT_LIMITS.price_amount) return { wrong: "price" }
  if (stock && (!/^\d{1,6}$/.test(stock) || Number(stock) > PRODUCT_LIMITS.stock)) return { wrong: "stock" }
  return { price_amount, stock: stock ? Number(stock) : null }
}
