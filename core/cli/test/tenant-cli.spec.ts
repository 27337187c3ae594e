import { rmSync } from "node:fs"
import path from "node:path"
import { type TestDatabase, asOwner, checksums, cloneDatabase } from "@fangshi/testing"
import { outdatedSchemas, schemaFiles, schemasStep } from "../src/check/schemas"
import { CommandProcess } from "./command-process"
import { type Refusal, REPOSITORY, type Run, properRefusal, refusalOf, runFangshi } from "./run-fangshi"
import { CATALOGUE, MANIFEST, type ShopFiles, shop, tenantsFolder } from "./shop-folder"

// A run that opens the database boots the host: three seconds of an idle machine, twenty of a busy one.
jest.setTimeout(180_000)

let database: TestDatabase
let opened: Run
const folders: string[] = []

const folderOf = (shops: Record<string, ShopFiles>): string => {
  const folder = tenantsFolder(shops)
  folders.push(folder)
  return folder
}
const commands = new CommandProcess(() => database)
const fangshi = (...args: string[]) => commands.run(args)
const applied = (shops: Record<string, ShopFiles>, ...args: string[]) => ["tenant", "apply", ...args, "--dir", folderOf(shops)]
const apply = (shops: Record<string, ShopFiles>, ...args: string[]) => commands.run(applied(shops, ...args))
/** What writes boots a host, and has a process to itself, as people's commands do. */
const applyAlone = (shops: Record<string, ShopFiles>) => runFangshi(database, applied(shops))
/** Lines that begin with one of the plan's signs. */
const planOf = ({ out }: Run) => out.split("\n").filter((line) => /^[+~] /.test(line))

/** Everything that the platform keeps about shops. */
async function everything() {
  const ids = (await asOwner<{ id: string }>(database.ownerUrl, "select id from tenancy.tenant order by id")).map((row) => row.id)
  const shops = await Promise.all(ids.map((id) => checksums(database.ownerUrl, id)))
  const own = await Promise.all(["tenant", "tenant_host", "tenant_plugin"].map((table) => asOwner(database.ownerUrl, `select * from tenancy.${table} order by 1, 2`)))
  return { ids, shops, own }
}

/** Ids and hosts of all shops: enough to see that a command stopped before it wrote anything. */
const doors = () => asOwner(database.ownerUrl, "select t.id, t.status, h.host from tenancy.tenant t left join tenancy.tenant_host h on h.tenant_id = t.id order by 1, 3")

beforeAll(async () => {
  database = await cloneDatabase()
  opened = await applyAlone({ noodles: shop("noodles"), tea: shop("tea") })
})
afterAll(async () => {
  await commands.end()
  await database.drop()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe("fangshi tenant apply", () => {
  it("opens every shop of a folder and shows what it adds, the shop's key and the owner's login", async () => {
    expect(opened.code).toBe(0)
    expect(planOf(opened).slice(0, 6)).toEqual([
      "+ tenant noodles  (noodles.localhost, www.noodles.localhost)", "+ settings noodles", "+ category food", "+ category soup", "+ product beef-noodles", "+ product cold-noodles",
    ])
    expect(opened.out).toContain("noodles：新增 add 6，变更 change 0，不变 leave 0")
    expect(opened.out).toMatch(/publishable key: pk_[0-9a-f]{64}\n {2}owner@noodles\.example \/ \S+/)
    const counts = await asOwner(database.ownerUrl, "select tenant_id, count(*)::int as products from product where tenant_id in ('noodles', 'tea') group by 1 order by 1")
    expect(counts).toEqual([{ tenant_id: "noodles", products: 2 }, { tenant_id: "tea", products: 2 }])
  })

  it("leaves everything at the second run and changes no row", async () => {
    const before = await everything()
    const again = await apply({ noodles: shop("noodles") })
    expect(again).toMatchObject({ code: 0, err: "", out: "noodles：新增 add 0，变更 change 0，不变 leave 6\n" })
    expect(await everything()).toEqual(before)
  })

  it("shows in a dry run what would change and writes nothing", async () => {
    const before = await everything()
    const edited = {
      manifest: MANIFEST.replace("Made to order", "Cooked for you"),
      catalogue: CATALOGUE.replace("price_amount: 1200", "price_amount: 1300").replace("Noodle soups", "Soups") + CATALOGUE.slice(CATALOGUE.indexOf("  - handle: cold")).replace("cold-noodles", "rice").replace("COLD-1", "RICE-1"),
    }
    const dry = await apply({ noodles: edited, bakery: shop("bakery") }, "--dry-run")
    expect(dry).toMatchObject({ code: 0, err: "" })
    expect(planOf(dry)).toEqual([
      "+ tenant bakery  (bakery.localhost, www.bakery.localhost)", "+ settings bakery", "+ category food", "+ category soup", "+ product beef-noodles", "+ product cold-noodles",
      "~ settings noodles  (brand)", "~ category soup", "~ product cold-noodles", "+ product rice",
    ])
    expect(dry.out).not.toMatch(/pk_|owner@/)
    expect(await everything()).toEqual(before)
  })

  it("changes price, title and slogan as shown, and leaves the merchant's stock and texts alone", async () => {
    const tea = (sql: string) => asOwner<{ value: string | number }>(database.ownerUrl, sql)
    await tea("update inventory_level set stocked_quantity = 7, raw_stocked_quantity = '{\"value\":\"7\",\"precision\":20}' where tenant_id = 'tea'")
    await tea("update product set subtitle = '掌柜推荐' where tenant_id = 'tea' and handle = 'beef-noodles'")
    const { manifest, catalogue } = shop("tea")
    const run = await applyAlone({ tea: { manifest: manifest.replace("Made to order", "Fresh leaves"), catalogue: catalogue.replace("zh-CN: 凉面", "zh-CN: 麻酱凉面").replace("price_amount: 1200", "price_amount: 1350") } })
    expect(run.code).toBe(0)
    expect(planOf(run)).toEqual(["~ settings tea  (brand)", "~ product cold-noodles"])
    expect(await tea("select manifest #>> '{brand,slogan,en}' as value from tenancy.tenant where id = 'tea'")).toEqual([{ value: "Fresh leaves" }])
    expect(await tea("select title as value from product where tenant_id = 'tea' order by handle")).toEqual([{ value: "牛肉面" }, { value: "麻酱凉面" }])
    const prices = await tea("select amount::float8 as value from price where tenant_id = 'tea' and deleted_at is null and price_set_id in (select price_set_id from product_variant_price_set where tenant_id = 'tea') order by 1")
    expect(prices.map(({ value }) => value)).toEqual([13.5, 18, 24])
    expect(await tea("select distinct stocked_quantity::int as value from inventory_level where tenant_id = 'tea' and deleted_at is null")).toEqual([{ value: 7 }])
    expect(await tea("select subtitle as value from product where tenant_id = 'tea' and handle = 'beef-noodles'")).toEqual([{ value: "掌柜推荐" }])
  })
})

describe("coupons and merchants of a shop's folder", () => {
  const with_coupons = (coupons: string) => ({ manifest: MANIFEST.replaceAll("noodles", "tea").replace("Made to order", "Fresh leaves"), catalogue: `${CATALOGUE}coupons:\n${coupons}` })
  const coupons = () =>
    asOwner(
      database.ownerUrl,
      `select p.code, p.used, p."limit", m.type, m.value::float8 as value, m.target_type, c.ends_at is not null as ends, array(select r.attribute || ' ' || r.operator || ' ' || v.value from promotion_promotion_rule j join promotion_rule r on r.id = j.promotion_rule_id join promotion_rule_value v on v.promotion_rule_id = r.id where j.promotion_id = p.id and r.deleted_at is null and v.deleted_at is null) as rules
       from promotion p join promotion_application_method m on m.promotion_id = p.id left join promotion_campaign c on c.id = p.campaign_id where p.tenant_id = 'tea' and p.deleted_at is null order by 1`,
    )

  const sold = () => asOwner(database.ownerUrl, "select m.name, m.name_en, m.active, p.handle as product from merchant m join merchant_product mp on mp.merchant_id = m.id and mp.deleted_at is null join product p on p.id = mp.product_id where m.tenant_id = 'tea' order by p.handle")

  it("are added, left alone the second time, and changed without forgetting how often they were used or whether they are closed", async () => {
    const first = "  - { code: SOUP5, off: { amount: 500 }, minimum_amount: 2000, usage_limit: 9 }\n  - { code: TENTH, off: { percent: 10 }, categories: [soup] }\nmerchants:\n  - { handle: soups, name: { zh-CN: 汤馆, en: Soup House }, categories: [soup] }\n"
    expect(planOf(await applyAlone({ tea: with_coupons(first) })).slice(-3)).toEqual(["+ coupon SOUP5", "+ coupon TENTH", "+ merchant soups"])
    expect(await sold()).toEqual([{ name: "汤馆", name_en: "Soup House", active: true, product: "beef-noodles" }])
    const tenth = { code: "TENTH", used: 0, limit: null, type: "percentage", value: 10, target_type: "items", ends: false, rules: [] }
    expect(await coupons()).toEqual([{ code: "SOUP5", used: 0, limit: 9, type: "fixed", value: 5, target_type: "order", ends: false, rules: ["original_item_total gte 20"] }, tenth])
    expect(planOf(await apply({ tea: with_coupons(first) }))).toEqual([])
    await asOwner(database.ownerUrl, "update merchant set active = false where tenant_id = 'tea'")
    await asOwner(database.ownerUrl, "update promotion set used = 3 where tenant_id = 'tea' and code = 'SOUP5'")
    const changed = first.replace("{ amount: 500 }, minimum_amount: 2000, usage_limit: 9", '{ percent: 20 }, minimum_amount: 3000, categories: [food], usage_limit: 2, ends_at: "2030-01-01T00:00:00+08:00"').replace("en: Soup House }, categories: [soup]", "en: Noodle House }, categories: [soup, food]")
    expect(planOf(await applyAlone({ tea: with_coupons(changed) }))).toEqual(["~ coupon SOUP5", "~ merchant soups"])
    expect(await sold()).toEqual(["beef-noodles", "cold-noodles"].map((product) => ({ name: "汤馆", name_en: "Noodle House", active: false, product })))
    expect(await coupons()).toEqual([{ code: "SOUP5", used: 3, limit: 3, type: "percentage", value: 20, target_type: "items", ends: true, rules: ["original_item_total gte 30"] }, tenth])
  })
})

describe("fangshi tenant apply refuses, before anything is written,", () => {
  /** A faultless shop stands before the faulty one: half-written would mean that it is there afterwards. */
  const expectRefused = async (shops: Record<string, ShopFiles>, refusal: Refusal) => {
    const before = await doors()
    const run = await apply({ abacus: shop("abacus"), ...shops })
    expect(refusalOf(run)).toEqual(properRefusal(refusal))
    expect(run.out).toBe("")
    expect(await doors()).toEqual(before)
  }
  const inManifest = (place: number | string, zh: string, en: string): Refusal => ({ code: "MANIFEST_INVALID", zh: `zz/tenant.yaml:${place}${zh}`, en: `zz/tenant.yaml:${place}${en}` })
  const inCatalogue = (place: number | string, zh: string, en: string): Refusal => ({ code: "CATALOGUE_INVALID", zh: `zz/seed/catalogue.yaml:${place}${zh}`, en: `zz/seed/catalogue.yaml:${place}${en}` })
  const base = shop("zz")
  const bomb = `a: &a [${"x, ".repeat(9)}x]\n${[..."bcdefghi"].map((name, i) => `${name}: &${name} [${`*${"abcdefghi"[i]}, `.repeat(9)}*${"abcdefghi"[i]}]`).join("\n")}\n`

  const manifests: [string, string | Buffer, Refusal][] = [
    ["broken YAML", base.manifest.replace("hosts:", "hosts: ["), inManifest(4, " yaml：", " yaml: ")],
    ["an empty file", "", inManifest(1, " (root)", " (root)")],
    ["a tab as indentation", base.manifest.replace("  slogan", "\tslogan"), inManifest(12, " yaml：缩进用了制表符", " yaml: tabs cannot indent")],
    ["an unknown key", base.manifest.replace("theme:", "").replace("brand:", "barnd:"), inManifest(11, " barnd：", " barnd: Unrecognized key")],
    ["a wrong type", base.manifest.replace("rate_percent: 13", "rate_percent: thirteen"), inManifest(7, " tax.rate_percent：无效输入", " tax.rate_percent: Invalid input: expected number")],
    ["a missing English text", base.manifest.replace("{ zh-CN: 现做现卖, en: Made to order }", "{ zh-CN: 现做现卖 }"), inManifest(12, " brand.slogan.en：无效输入", " brand.slogan.en: Invalid input: expected string")],
    ["a billion laughs", bomb + base.manifest, inManifest(2, " yaml：不支持别名 *a", " yaml: aliases are not read")],
    ["an alias of itself", `${base.manifest}plugins: &ring [*ring]\n`, inManifest(17, " yaml：不支持别名 *ring", " yaml: aliases are not read")],
    ["an alias of an anchor", base.manifest.replace("zh-CN: 面馆, en: Noodles", "zh-CN: &name 面馆, en: *name"), inManifest(2, " yaml：不支持别名 *name", " yaml: aliases are not read")],
    ["a key that stands twice", `${base.manifest}name: { zh-CN: 茶, en: Tea }\n`, inManifest(17, " yaml：同一个键写了两次", " yaml: this key stands twice")],
    ["brackets nested without end", `id: ${"[".repeat(20_000)}`, inManifest(1, " yaml：嵌套太深", " yaml: nested too deeply")],
    ["a control character", base.manifest.replace("人民路1号", "\"\\0\""), inManifest(8, " yaml：含有控制字符", " yaml: contains control characters")],
    ["a file of 5 MB", `${base.manifest}# ${"x".repeat(5_000_000)}`, { code: "MANIFEST_UNREADABLE", zh: "zz/tenant.yaml：4883 KiB，最多 256 KiB", en: "zz/tenant.yaml: 4883 KiB, at most 256 KiB" }],
    ["a file that is not UTF-8", Buffer.concat([Buffer.from(base.manifest.split("昆")[0] ?? ""), Buffer.from([0xc0, 0xa5]), Buffer.from(base.manifest.split("昆")[1] ?? "")]), { code: "MANIFEST_UNREADABLE", zh: "zz/tenant.yaml:8 读不了 zz/tenant.yaml：不是 UTF-8", en: "zz/tenant.yaml:8 Cannot read zz/tenant.yaml: not UTF-8" }],
    ["a host that stands twice", base.manifest.replace("www.zz.localhost", "zz.localhost"), { code: "HOST_DUPLICATE", zh: "zz/tenant.yaml:5 主机名 zz.localhost 写了两次", en: "zz/tenant.yaml:5 Host zz.localhost is listed twice" }],
    ["a host in capital letters", base.manifest.replace("www.zz", "WWW.zz"), { code: "HOST_INVALID", zh: "zz/tenant.yaml:5 “WWW.zz.localhost” 不是有效的主机名", en: "zz/tenant.yaml:5 “WWW.zz.localhost” is not a valid host name" }],
    ["an id in capital letters", base.manifest.replace("id: zz", "id: ZZ"), { code: "TENANT_ID_INVALID", zh: "zz/tenant.yaml:1 店铺编号 “ZZ” 不合规则", en: "zz/tenant.yaml:1 “ZZ” is not a valid shop id" }],
    ["an id that the platform keeps for itself", base.manifest.replace("id: zz", "id: admin"), { code: "TENANT_ID_RESERVED", zh: "zz/tenant.yaml:1 店铺编号 “admin” 由平台保留", en: "zz/tenant.yaml:1 The shop id “admin” is reserved" }],
    ["an id that is not the folder's name", `# our shop\n${base.manifest.replace("id: zz", "id: zy")}`, inManifest(2, " id：必须与文件夹同名：zz", " id: must be zz, the folder's name")],
    ["a time zone that does not exist", `${base.manifest}time_zone: Mars/Olympus\n`, inManifest(17, " time_zone：", " time_zone: is no IANA time zone")],
    ["a theme that is not there", `${base.manifest}theme: neon\n`, { code: "THEME_UNKNOWN", zh: "zz/tenant.yaml:17 没有主题 neon", en: "zz/tenant.yaml:17 There is no theme neon" }],
    ["a plugin that is not there", `${base.manifest}plugins:\n  - medusa-plugin-notes\n  - teleport\n`, { code: "PLUGIN_UNKNOWN", zh: "zz/tenant.yaml:19 没有插件 teleport", en: "zz/tenant.yaml:19 There is no plugin teleport" }],
    ["a catalogue that is not there", base.manifest.replace("seed/catalogue.yaml", "seed/other.yaml"), { code: "MANIFEST_UNREADABLE", zh: "读不了 zz/seed/other.yaml：没有这个文件", en: "Cannot read zz/seed/other.yaml: not found" }],
    ["a catalogue outside of the folder", base.manifest.replace("seed/catalogue.yaml", "../tea/seed/catalogue.yaml"), inManifest(16, " catalogue：", " catalogue: Invalid string")],
  ]
  it.each(manifests)("%s", async (_what, manifest, refusal) => expectRefused({ zz: { ...base, manifest } }, refusal))

  it.each([["theme: neon", "default"], ["plugins: [teleport]", "medusa-plugin-notes"]])("%s, and lists the known ones", async (line, known) => {
    const { err } = await apply({ zz: { ...base, manifest: `${base.manifest}${line}\n` } })
    expect(err.split("\n").filter((hint) => hint.includes("→") && hint.includes(known))).toHaveLength(2)
  })

  const catalogues: [string, string, Refusal][] = [
    ["a category that is its own parent", CATALOGUE.replace("parent: food", "parent: soup"), inCatalogue(6, " categories.1.parent：上级分类 soup 必须写在下级之前", " categories.1.parent: parent soup must stand before its child")],
    ["two categories that are each other's parent", CATALOGUE.replace("en: Food }", "en: Food }\n    parent: soup"), inCatalogue(4, " categories.0.parent：上级分类 soup 必须写在下级之前", " categories.0.parent: parent soup must stand before its child")],
    ["a product in a category that does not exist", CATALOGUE.replace("category: food", "category: drinks"), inCatalogue(21, " products.1.category：没有分类 drinks", " products.1.category: there is no category drinks")],
    ["a SKU that stands twice", CATALOGUE.replace("COLD-1", "BEEF-S"), inCatalogue(26, " products.1.variants.0.sku：BEEF-S 写了两次", " products.1.variants.0.sku: BEEF-S stands twice")],
    ["two variants of the same values", CATALOGUE.replace("values: [大碗], price", "values: [小碗], price"), inCatalogue(17, " products.0.variants.1.values：小碗 写了两次", " products.0.variants.1.values: 小碗 stands twice")],
    ["a picture that nobody can draw", CATALOGUE.replace("shape: citrus", "shape: unicorn"), inCatalogue(12, " products.0.picture.shape：没有图形 unicorn", " products.0.picture.shape: there is no shape unicorn")],
    ["a coupon for a category that does not exist", `${CATALOGUE}coupons:\n  - { code: DRINKS, off: { percent: 10 }, categories: [drinks] }\n`, inCatalogue(28, " coupons.0.categories.0：没有分类 drinks", " coupons.0.categories.0: there is no category drinks")],
    ["a merchant of a category that does not exist", `${CATALOGUE}merchants:\n  - { handle: bar, name: { zh-CN: 吧台, en: Bar }, categories: [drinks] }\n`, inCatalogue(28, " merchants.0.categories.0：没有分类 drinks", " merchants.0.categories.0: there is no category drinks")],
    ["a category of two merchants", `${CATALOGUE}merchants:\n  - { handle: one, name: { zh-CN: 甲, en: One }, categories: [soup] }\n  - { handle: two, name: { zh-CN: 乙, en: Two }, categories: [food, soup] }\n`, inCatalogue(29, " merchants.1.categories.1：分类 soup 已属于 one", " merchants.1.categories.1: category soup belongs to one already")],
    ["a coupon that ends before it starts", `${CATALOGUE}coupons:\n  - { code: NEVER, off: { amount: 100 }, starts_at: "2030-01-02T00:00:00Z", ends_at: "2030-01-01T00:00:00Z" }\n`, inCatalogue(28, " coupons.0.ends_at：必须晚于 starts_at", " coupons.0.ends_at: must be later than starts_at")],
    ["a price with decimals", CATALOGUE.replace("price_amount: 1200", "price_amount: 12.5"), inCatalogue(26, " products.1.variants.0.price_amount：", " products.1.variants.0.price_amount: Invalid input: expected int")],
  ]
  it.each(catalogues)("%s", async (_what, catalogue, refusal) => expectRefused({ zz: { ...base, catalogue } }, refusal))

  it("a host in the files of two shops", async () => {
    const manifest = base.manifest.replace("www.zz.localhost", "abacus.localhost")
    await expectRefused({ zz: { ...base, manifest } }, { code: "HOST_TAKEN", zh: "zz/tenant.yaml:5 主机名 abacus.localhost 已被店铺 abacus 使用", en: "zz/tenant.yaml:5 Host abacus.localhost already belongs to shop abacus" })
  })

  it("the host of a shop that is open already", async () => {
    const manifest = base.manifest.replace("www.zz.localhost", "tea.localhost")
    await expectRefused({ zz: { ...base, manifest } }, { code: "HOST_TAKEN", zh: "zz/tenant.yaml:5 主机名 tea.localhost 已被店铺 tea 使用", en: "zz/tenant.yaml:5 Host tea.localhost already belongs to shop tea" })
  })

  it("two open shops that swap their hosts", async () => {
    const before = await everything()
    const noodles = shop("noodles")
    await expectRefused(
      {
        noodles: { ...noodles, manifest: MANIFEST.replace("- noodles.localhost", "- tea.localhost").replace("Made to order", "Swapped") },
        tea: { ...shop("tea"), manifest: shop("tea").manifest.replace("- tea.localhost", "- noodles.localhost") },
      },
      { code: "HOST_TAKEN", zh: "noodles/tenant.yaml:4 主机名 tea.localhost 已被店铺 tea 使用", en: "noodles/tenant.yaml:4 Host tea.localhost already belongs to shop tea" },
    )
    expect(await everything()).toEqual(before)
  })

  it("a currency that Medusa does not know", async () => {
    await expectRefused({ zz: { ...base, manifest: `${base.manifest}currency_code: xyz\n` } }, inManifest(17, " currency_code：Medusa 没有 xyz", " currency_code: Medusa does not know xyz"))
  })

  it("a folder that is not there", async () => {
    const run = await runFangshi(database, ["tenant", "apply", "--dir", path.join(folderOf({}), "nowhere")])
    expect(refusalOf(run)).toEqual(properRefusal({ code: "MANIFEST_UNREADABLE", zh: "没有这个文件", en: "not found" }))
  })

  it.each([["UPPER", "TENANT_ID_INVALID"], ["../tea", "TENANT_ID_INVALID"], ["operator", "TENANT_ID_RESERVED"]])("the id %s on the command line", async (id, code) => {
    const run = await apply({ zz: base }, id)
    expect(refusalOf(run)).toEqual(properRefusal({ code, zh: id, en: id }))
  })
})

describe("a file written on Windows", () => {
  it("is read like any other: byte order mark and CRLF are no change", async () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`
    const run = await apply({ noodles: { manifest: windows(MANIFEST), catalogue: windows(CATALOGUE) } }, "--dry-run")
    expect(run).toMatchObject({ code: 0, err: "", out: "noodles：新增 add 0，变更 change 0，不变 leave 6\n" })
  })
})

describe("fangshi tenant create, list, suspend and resume", () => {
  it("open a shop without a folder, and leave it as it is when it exists", async () => {
    const created = await runFangshi(database, ["tenant", "create", "kiosk", "--host", "kiosk.localhost", "kiosk.example", "--name", "小店"])
    expect(created.code).toBe(0)
    expect(created.out).toMatch(/^✓ kiosk → kiosk\.localhost, kiosk\.example\n {2}publishable key: pk_[0-9a-f]{64}\n {2}owner@kiosk\.example \/ \S+\n$/)
    const before = await everything()
    expect(await fangshi("tenant", "create", "kiosk", "--name", "另一个")).toMatchObject({ code: 0, out: "= kiosk 已存在 exists → kiosk.localhost, kiosk.example\n" })
    expect(await everything()).toEqual(before)
  })

  it("close a shop for a while, show it so, and open it again", async () => {
    expect(await fangshi("tenant", "suspend", "tea")).toMatchObject({ code: 0, out: "✓ tea suspended\n" })
    const listed = await fangshi("tenant", "list", "--json")
    expect(JSON.parse(listed.out)).toContainEqual({ id: "tea", status: "suspended", hosts: ["tea.localhost", "www.tea.localhost"], plugins: [] })
    expect(await fangshi("tenant", "resume", "tea")).toMatchObject({ code: 0, out: "✓ tea active\n" })
    expect(await doors()).toContainEqual({ id: "tea", status: "active", host: "tea.localhost" })
  })

  it("refuse a shop that does not exist", async () => {
    expect(refusalOf(await fangshi("tenant", "suspend", "nobody"))).toEqual(properRefusal({ code: "TENANT_UNKNOWN", zh: "没有店铺 nobody", en: "There is no shop nobody" }))
  })

  it.each([
    [["Kiosk"], "TENANT_ID_INVALID"],
    [["a"], "TENANT_ID_INVALID"],
    [["www"], "TENANT_ID_RESERVED"],
    [["stall", "--host", "stall.localhost:9000"], "HOST_INVALID"],
    [["stall", "--host", "stall.example", "stall.example"], "HOST_DUPLICATE"],
  ])("refuse to create %j with %s", async (args, code) => {
    const before = await doors()
    expect(refusalOf(await fangshi("tenant", "create", ...args))).toEqual(properRefusal({ code, zh: "", en: "" }))
    expect(await doors()).toEqual(before)
  })
})

describe("the JSON Schemas of tenants", () => {
  it("are those of the code", async () => {
    expect(await schemasStep.run(REPOSITORY)).toEqual({ problems: [] })
  })

  it("are reported where they are missing", async () => {
    const empty = folderOf({})
    expect(outdatedSchemas(empty).map(({ file }) => file)).toEqual(["tenants/tenant.schema.json", "tenants/catalogue.schema.json"])
    expect((await schemasStep.run(empty)).problems).toEqual([expect.stringContaining("npm run fangshi -- schema"), expect.stringContaining("npm run fangshi -- schema")])
  })

  it("refuse unknown keys and reserved ids as the platform does", () => {
    const [tenant] = schemaFiles()
    expect(JSON.parse(tenant?.text ?? "")).toMatchObject({ additionalProperties: false, properties: { id: { not: { enum: expect.arrayContaining(["admin", "www"]) as string[] } } } })
  })
})
