import { z } from "zod"
import { PRODUCT_LIMITS } from "./product-limits"

const title = z.string().trim().max(PRODUCT_LIMITS.title)
const description = z.string().trim().max(PRODUCT_LIMITS.description)

/** What the staff says of a product; English may stay empty, then Chinese is shown. */
const words = { title: title.min(1), title_en: title, description, description_en: description, category_id: z.string().max(80).nullable() }

/** A new product of one kind. `key` makes a form that is sent twice one product; without `stock` its pieces are not counted. */
export const newProduct = z.strictObject({ ...words, key: z.string().regex(/^[0-9a-f]{16}$/), price_amount: z.int().min(1).max(PRODUCT_LIMITS.price_amount), stock: z.int().min(0).max(PRODUCT_LIMITS.stock).nullable() })

/** A product as it shall be; its pictures in this order, the first for lists, those left out go. Whose it is, or with null the shop's own, is for the shop's owner to say. */
export const productChange = z.strictObject({ ...words, merchant_id: z.string().max(80).nullable().optional(), status: z.enum(["draft", "published"]), picture_ids: z.array(z.string().max(80)).max(PRODUCT_LIMITS.pictures) })

export type NewProduct = z.output<typeof newProduct>
export type ProductChange = z.output<typeof productChange>

/** A product as the staff reads it. */
export type EditedProduct = Omit<ProductChange, "picture_ids" | "merchant_id"> & { merchant_id: string | null; id: string; handle: string; pictures: { id: string; url: string }[] }
