import { z } from "zod"
import type { LocalizedText } from "./localized"
import { because } from "./schema-faults"

/** What the console's form shows for a setting. Kept in the schema, and so in the JSON Schema that the form is made from. */
export type FieldMeta = {
  label: LocalizedText
  widget: "text" | "long-text" | "link" | "image" | "colour" | "number" | "choice" | "switch" | "category" | "products"
  options?: { value: string; label: LocalizedText }[]
}

const field = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta(meta)

const both = (most: number) => z.strictObject({ "zh-CN": z.string().max(most), en: z.string().max(most) })

/** Inside the shop, or a secure address elsewhere, or a telephone. Nothing that runs. */
export const isSafeLink = (link: string): boolean => link === "" || /^\/(?![/\\])[^\s\\]*$/.test(link) || /^https:\/\/[^\s\\/]+(?:\/\S*)?$/.test(link) || /^tel:[+\d-]{3,20}$/.test(link)

/** What the shop itself uploaded. */
export const isOwnImage = (address: string): boolean => address === "" || (/^\/static\/[\w%./-]{1,300}$/.test(address) && !/(?:^|\/)\.\.(?:\/|$)/.test(address))

/** One line in both languages; empty is allowed. */
export const textField = (label: LocalizedText, start: LocalizedText | null = null, most = 120) => field(both(most).default(start ?? { "zh-CN": "", en: "" }), { label, widget: "text" })

/** Paragraphs in both languages, parted by empty lines. Plain text: a theme sets it, nothing in it is markup. */
export const longTextField = (label: LocalizedText, most = 20_000) => field(both(most).default({ "zh-CN": "", en: "" }), { label, widget: "long-text" })

export const linkField = (label: LocalizedText, start = "") => field(z.string().max(500).refine(isSafeLink, because("必须以 / 或 https:// 开头", "must begin with / or https://")).default(start), { label, widget: "link" })

export const imageField = (label: LocalizedText) => field(z.string().refine(isOwnImage, because("必须是本店上传的图片", "must be a picture uploaded to this shop")).default(""), { label, widget: "image" })

export const colourField = (label: LocalizedText, start: string) => field(z.string().regex(/^(?:#[0-9a-f]{6})?$/i).default(start), { label, widget: "colour" })

export const numberField = (label: LocalizedText, { least, most, start }: { least: number; most: number; start: number }) => field(z.int().min(least).max(most).default(start), { label, widget: "number" })

export const switchField = (label: LocalizedText, start: boolean) => field(z.boolean().default(start), { label, widget: "switch" })

/** `options`: stored value → what the form calls it. The first is the start. */
export function choiceField<K extends string>(label: LocalizedText, options: Record<K, LocalizedText>) {
  const values = Object.keys(options) as [K, ...K[]]
  return field(z.enum(values).default(values[0] as never), { label, widget: "choice", options: values.map((value) => ({ value, label: options[value] })) })
}

const handle = z.string().max(200).regex(/^[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*$/u)

/** The handle of a category, or empty for none. */
export const categoryField = (label: LocalizedText) => field(z.union([z.literal(""), handle]).default(""), { label, widget: "category" })

/** Handles of products, in the order they are shown. */
export const productsField = (label: LocalizedText, most = 24) => field(z.array(handle).max(most).default([]), { label, widget: "products" })

/** The schema library itself, so that a theme's settings are made with the very copy that checks them. */
export { z } from "zod"
