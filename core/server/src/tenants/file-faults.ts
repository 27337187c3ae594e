import { type DeliveryKind, type LocalizedText, type SeedCatalogue, type SeedCoupon, type SeedMerchant, type SeedProduct, type TenantManifest, isForward } from "@fangshi/contracts"
import { shapeNames } from "../demo/pictures/shapes"

export type Fault = { at: PropertyKey[]; problem: LocalizedText }

const fault = (at: PropertyKey[], zh: string, en: string): Fault => ({ at, problem: { "zh-CN": zh, en } })

/** The first value that stands a second time, as a fault at its own index. */
function repeated(values: string[], at: (index: number) => PropertyKey[]): Fault | null {
  const seen = new Set<string>()
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) return fault(at(index), `${value} 写了两次`, `${value} stands twice`)
    seen.add(value)
  }
  return null
}

const isTimeZone = (zone: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }))
  } catch {
    return false
  }
}

/** What the schema of a manifest's single fields cannot see; null where all is well. Hosts have an error code of their own. */
export function manifestFault(manifest: TenantManifest): Fault | null {
  if (!manifest.locales.includes(manifest.default_locale)) return fault(["default_locale"], "locales 里没有这种语言", "is not among locales")
  if (!isTimeZone(manifest.time_zone)) return fault(["time_zone"], "没有这个时区，例如 Asia/Shanghai", "is no IANA time zone such as Asia/Shanghai")
  return (
    repeated(manifest.region.countries, (i) => ["region", "countries", i]) ??
    repeated(manifest.shipping_options.map((option) => option.code), (i) => ["shipping_options", i, "code"]) ??
    repeated(manifest.plugins, (i) => ["plugins", i]) ??
    deliveryFault(manifest)
  )
}

function deliveryFault({ shipping_options, pick_up_points = [], delivery_slots = [] }: TenantManifest): Fault | null {
  const lacks = (kind: DeliveryKind) => !shipping_options.some((option) => option.kind === kind)
  if (pick_up_points.length && lacks("pick_up")) return fault(["pick_up_points"], "没有 kind: pick_up 的配送方式", "no shipping option has kind: pick_up")
  if (delivery_slots.length && lacks("delivery")) return fault(["delivery_slots"], "没有 kind: delivery 的配送方式", "no shipping option has kind: delivery")
  return (
    repeated(pick_up_points.map((point) => point.code), (i) => ["pick_up_points", i, "code"]) ??
    repeated(delivery_slots.map((slot) => slot.code), (i) => ["delivery_slots", i, "code"]) ??
    first(delivery_slots, (slot, i) => (isForward(slot) ? null : fault(["delivery_slots", i, "to"], "必须晚于开始时间", "must be later than the beginning")))
  )
}

/** What the schema of a catalogue's single fields cannot see; null where all is well. */
export function catalogueFault({ categories, products, coupons = [], merchants = [] }: SeedCatalogue): Fault | null {
  const handles = categories.map((category) => category.handle)
  const twice = repeated(handles, (i) => ["categories", i, "handle"])
  if (twice) return twice
  // Parents stand first, so that no category can be above itself, however long the way round.
  const orphan = categories.findIndex((category, i) => category.parent && !handles.slice(0, i).includes(category.parent))
  if (orphan >= 0) {
    const parent = categories[orphan]?.parent ?? ""
    return fault(["categories", orphan, "parent"], `上级分类 ${parent} 必须写在下级之前，也不能是它自己`, `parent ${parent} must stand before its child, and cannot be the category itself`)
  }
  const variants = products.flatMap((product, p) => product.variants.map((variant, v) => ({ ...variant, at: (field: string): PropertyKey[] => ["products", p, "variants", v, field] })))
  const coded = variants.filter((variant) => variant.barcode !== undefined)
  const known = new Set(handles)
  return (
    repeated(products.map((product) => product.handle), (i) => ["products", i, "handle"]) ??
    repeated(variants.map((variant) => variant.sku), (i) => variants[i]?.at("sku") ?? []) ??
    repeated(coded.map((variant) => variant.barcode ?? ""), (i) => coded[i]?.at("barcode") ?? []) ??
    first(products, (product, i) => productFault(product, ["products", i], known)) ??
    repeated(coupons.map((coupon) => coupon.code), (i) => ["coupons", i, "code"]) ??
    first(coupons, (coupon, i) => couponFault(coupon, ["coupons", i], known)) ??
    repeated(merchants.map((merchant) => merchant.handle), (i) => ["merchants", i, "handle"]) ??
    first(merchants, (merchant, i) => merchantFault(merchant, ["merchants", i], known, merchants.slice(0, i)))
  )
}

function first<T>(items: T[], find: (item: T, index: number) => Fault | null): Fault | null {
  for (const [index, item] of items.entries()) {
    const found = find(item, index)
    if (found) return found
  }
  return null
}

function couponFault({ categories = [], starts_at, ends_at }: SeedCoupon, at: PropertyKey[], known: Set<string>): Fault | null {
  if (starts_at && ends_at && Date.parse(ends_at) <= Date.parse(starts_at)) return fault([...at, "ends_at"], "必须晚于 starts_at", "must be later than starts_at")
  return first(categories, (category, i) => (known.has(category) ? null : fault([...at, "categories", i], `没有分类 ${category}`, `there is no category ${category}`)))
}

function merchantFault({ categories }: SeedMerchant, at: PropertyKey[], known: Set<string>, before: SeedMerchant[]): Fault | null {
  return first(categories, (category, i) => {
    if (!known.has(category)) return fault([...at, "categories", i], `没有分类 ${category}`, `there is no category ${category}`)
    const other = before.find((merchant) => merchant.categories.includes(category))
    return other ? fault([...at, "categories", i], `分类 ${category} 已属于 ${other.handle}`, `category ${category} belongs to ${other.handle} already`) : null
  })
}

function productFault(product: SeedProduct, at: PropertyKey[], categories: Set<string>): Fault | null {
  const { category, picture, options, variants } = product
  if (!categories.has(category)) return fault([...at, "category"], `没有分类 ${category}`, `there is no category ${category}`)
  if (!shapeNames.includes(picture.shape)) return fault([...at, "picture", "shape"], `没有图形 ${picture.shape}；可用：${shapeNames.join(", ")}`, `there is no shape ${picture.shape}; there are ${shapeNames.join(", ")}`)
  return (
    repeated(options.map((option) => option.name["zh-CN"]), (i) => [...at, "options", i, "name"]) ??
    first(options, (option, o) => repeated(option.values, (i) => [...at, "options", o, "values", i])) ??
    first(variants, ({ values }, v) => {
      if (values.length !== options.length) return fault([...at, "variants", v, "values"], `需要 ${options.length} 个值，每个选项一个`, `needs ${options.length} values, one for each option`)
      const unknown = values.findIndex((value, o) => !options[o]?.values.includes(value))
      return unknown < 0 ? null : fault([...at, "variants", v, "values", unknown], `选项没有值 ${values[unknown] ?? ""}`, `${values[unknown] ?? ""} is no value of this option`)
    }) ??
    repeated(variants.map((variant) => variant.values.join(" / ")), (i) => [...at, "variants", i, "values"])
  )
}
