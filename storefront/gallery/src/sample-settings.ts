import type { LocalizedText, SectionDefinition } from "@fangshi/contracts"

/** How much a tenant has written: what a section starts with, a usual sentence wherever that is nothing, or as much as each setting takes. */
export const LENGTHS = ["usual", "long"] as const
export type Length = (typeof LENGTHS)[number]

const SENTENCES: LocalizedText = { "zh-CN": "周末照常营业，晚上十点前下单当天送到家门口。", en: "Open at the weekend as always; order before ten and have it at your door today. " }
/** Without a place to break: addresses and model numbers come like this. */
const UNBROKEN: LocalizedText = { "zh-CN": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", en: "Kraftfahrzeughaftpflichtversicherung" }
const MOST = 400

const filled = (locale: "zh-CN" | "en", length: number) => `${UNBROKEN[locale]} ${SENTENCES[locale].repeat(Math.ceil(length / SENTENCES[locale].length))}`.slice(0, length)

/** The longest text a setting takes, up to what fills a page anyway. */
function longest(takes: (text: LocalizedText) => boolean): number {
  let [least, most] = [0, MOST]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (takes({ "zh-CN": "字".repeat(middle), en: "x".repeat(middle) })) least = middle
    else most = middle - 1
  }
  return least
}

const isText = (value: unknown): value is LocalizedText => typeof value === "object" && value !== null && "zh-CN" in value && "en" in value

/** Settings of a section as a tenant would have them. Throws where the section has no valid start. */
export function sampleSettings({ settings }: SectionDefinition, length: Length): Record<string, unknown> {
  const start: Record<string, unknown> = settings.parse({})
  return Object.fromEntries(
    Object.entries(start).map(([key, value]) => {
      if (!isText(value)) return [key, key === "link" && value === "" ? "/" : value]
      if (length === "usual" && value["zh-CN"]) return [key, value]
      const most = longest((text) => settings.safeParse({ [key]: text }).success)
      const size = length === "long" ? most : Math.min(most, SENTENCES["zh-CN"].length)
      return [key, length === "long" ? { "zh-CN": filled("zh-CN", size), en: filled("en", size) } : { "zh-CN": SENTENCES["zh-CN"].slice(0, size), en: SENTENCES.en.slice(0, size) }]
    }),
  )
}
