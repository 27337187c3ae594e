import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"

/** A small shop; the comments of the tests count on these lines. */
export const MANIFEST = `id: noodles
name: { zh-CN: 面馆, en: Noodles }
hosts:
  - noodles.localhost
  - www.noodles.localhost
region: { name: 中国, countries: [cn] }
tax: { rate_percent: 13, name: 增值税, code: VAT }
warehouse: { name: 总仓, province: 云南省, city: 昆明市, address: 人民路1号 }
shipping_options:
  - { code: delivery, name: { zh-CN: 送货上门, en: Home delivery }, price_amount: 500 }
brand:
  slogan: { zh-CN: 现做现卖, en: Made to order }
  primary_colour: "#b3261e"
  accent_colour: "#f2a33a"
owner: { email: owner@noodles.example }
catalogue: seed/catalogue.yaml
`

export const CATALOGUE = `categories:
  - handle: food
    name: { zh-CN: 食品, en: Food }
  - handle: soup
    name: { zh-CN: 汤面, en: Noodle soups }
    parent: food
products:
  - handle: beef-noodles
    title: { zh-CN: 牛肉面, en: Beef noodles }
    description: { zh-CN: 大块牛肉, en: With big pieces of beef }
    category: soup
    picture: { shape: citrus, colours: ["#f2a33a", "#4a9d4f", "#e6f2df"] }
    options:
      - { name: { zh-CN: 份量, en: Size }, values: [小碗, 大碗] }
    variants:
      - { sku: BEEF-S, values: [小碗], price_amount: 1800, stock: 50 }
      - { sku: BEEF-L, values: [大碗], price_amount: 2400, stock: 40 }
  - handle: cold-noodles
    title: { zh-CN: 凉面, en: Cold noodles }
    description: { zh-CN: 芝麻酱, en: With sesame paste }
    category: food
    picture: { shape: citrus, colours: ["#f2a33a", "#4a9d4f", "#e6f2df"] }
    options:
      - { name: { zh-CN: 份量, en: Size }, values: [一份] }
    variants:
      - { sku: COLD-1, values: [一份], price_amount: 1200, stock: 30 }
`

export type ShopFiles = { manifest: string | Buffer; catalogue: string | Buffer }

/** The same shop under another id: ids, hosts and the owner's address change with it. */
export const shop = (id: string): { manifest: string; catalogue: string } => ({ manifest: MANIFEST.replaceAll("noodles", id), catalogue: CATALOGUE })

/** Writes shops into a fresh folder of tenants and returns its path. */
export function tenantsFolder(shops: Record<string, ShopFiles>): string {
  const root = mkdtempSync(path.join(tmpdir(), "fangshi-tenants-"))
  for (const [id, { manifest, catalogue }] of Object.entries(shops)) {
    mkdirSync(path.join(root, id, "seed"), { recursive: true })
    writeFileSync(path.join(root, id, "tenant.yaml"), manifest)
    writeFileSync(path.join(root, id, "seed", "catalogue.yaml"), catalogue)
  }
  return root
}
