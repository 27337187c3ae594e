import { mkdirSync } from "node:fs"
import path from "node:path"
import { type SharedShops, ShopClient, type TestTenant, control, createTenant, latestCode, sharedShops, stockShop } from "@fangshi/testing"
import { launchChromium, severeFindings } from "@fangshi/testing/src/chromium"
import jsQR from "jsqr"
import type { Browser, Page } from "playwright-core"
import sharp from "sharp"
import type { CampaignView } from "../src/contract"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
const HOME = "/x/group-buy"
const DESK = "/workbench/x/group-buy"
const LEADER = { leader_name: "周桂芬", phone: "13857100001", point_name: "桂芬姐的店", province: "浙江省", city: "杭州市", district: "拱墅区", address: "亲亲家园 12 幢", latitude: "30.32", longitude: "120.10" }

let host: SharedShops
let browser: Browser
let shop: TestTenant
let other: TestTenant

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  host = await sharedShops("demo")
  ;[shop, other] = [await createTenant("group", host), await createTenant("alone", host)]
  for (const tenant of [shop, other]) await stockShop(new ShopClient(host, tenant), "果园", 50)
  await control({ op: "plugins", id: shop.id, plugins: ["group-buy"] }, host)
  browser = await launchChromium()
}, 180_000)
afterAll(() => browser?.close())

type Visit = { page: Page; noise: string[]; to: (at: string) => Promise<number | undefined>; close: () => Promise<void> }

async function visit(tenant = shop): Promise<Visit> {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  const noise: string[] = []
  page.on("console", (message) => message.type() === "error" && !message.location().url.includes("/static/") && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  return { page, noise, to: async (at) => (await page.goto(`http://${tenant.host}:${new URL(host.url).port}${at}`))?.status(), close: () => context.close() }
}

const fill = async (page: Page, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) await page.locator(`main [name="${name}"]`).fill(value)
}
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click()
const shoot = (page: Page, name: string) => page.screenshot({ path: path.join(SHOTS, `group-buy-${name}.png`), fullPage: true })

async function member(phone: string, back: string): Promise<Visit> {
  const own = await visit()
  await own.to(`/account/sign-in?back=${encodeURIComponent(back)}`)
  await fill(own.page, { phone })
  await press(own.page, "获取验证码")
  await own.page.locator("#code").waitFor()
  await fill(own.page, { code: await latestCode(shop.id, phone, host) })
  await press(own.page, "登录")
  await own.page.waitForURL((url) => url.pathname === back)
  return own
}

async function staff(): Promise<Visit> {
  const desk = await visit()
  await desk.to("/workbench/login")
  await desk.page.locator("[name=email]").fill(shop.email)
  await desk.page.locator("[name=password]").fill(shop.password)
  await press(desk.page, "登录")
  await desk.page.locator(".wb-figures").waitFor()
  return desk
}

/** What is chosen before scripts run is not known to them. */
const awake = ({ page }: Visit) => page.waitForFunction(() => Object.keys(document.querySelector("form[method=post]") ?? {}).some((key) => key.startsWith("__reactFiber")))

/** The campaign's own screen; what the form was refused for, where it was. */
async function opened({ page }: Visit): Promise<void> {
  await Promise.race([page.waitForURL(/campaigns\/gbcamp_/), page.locator("[role=alert], h1:has-text('出错')").first().waitFor({ timeout: 60_000 }).catch(() => undefined)])
  if (!/gbcamp_/.test(page.url())) throw new Error(await page.locator("body").innerText())
}

/** The page is looked at again until it says so: orders are made behind it. */
async function until({ page }: Visit, words: string): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await page.getByText(words).first().isVisible())) {
    if (Date.now() > end) throw new Error(`the page never said ${words}`)
    await page.reload()
  }
}

/** Opens the poster with the keyboard, looks at the picture that is downloaded, and closes it again. Answers its sides, where its code leads, and the colour of its first pixel. */
async function posterOf(own: Visit, name: string): Promise<{ width: number; height: number; leads_to: string | undefined; first: number[] }> {
  const { page } = own
  await awake(own)
  const button = page.getByRole("button", { name: "生成海报" })
  await button.focus()
  await page.keyboard.press("Enter")
  const poster = page.getByRole("dialog", { name: "分享海报" })
  await poster.getByRole("img").waitFor()
  const [file] = await Promise.all([page.waitForEvent("download"), poster.getByRole("link", { name: "下载图片" }).click()])
  const at = path.join(SHOTS, `group-buy-${name}.png`)
  await file.saveAs(at)
  expect(file.suggestedFilename()).toBe("poster.png")
  const { data, info } = await sharp(at).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  await page.screenshot({ path: path.join(SHOTS, `group-buy-${name}-dialog.png`) })
  expect(await severeFindings(page)).toEqual([])
  await page.keyboard.press("Escape")
  await poster.waitFor({ state: "detached" })
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true)
  return { width: info.width, height: info.height, leads_to: jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data, first: [...data.subarray(0, 3)] }
}

describe("a group purchase", () => {
  it("is opened by shop and leader, joined from three phones, seen to succeed by who watches, and handed over by code", async () => {
    const leader = await member("13857100001", `${HOME}/leader`)
    await fill(leader.page, LEADER)
    await press(leader.page, "提交申请")
    await leader.page.getByText("审核中").waitFor()

    const desk = await staff()
    await desk.to(`${DESK}/leaders`)
    await press(desk.page, "通过")
    await desk.page.getByText("已通过").first().waitFor()
    await desk.to(`${DESK}/campaigns/new`)
    await awake(desk)
    await desk.page.getByRole("checkbox").first().check()
    await desk.page.locator("[name=target]").fill("3")
    await press(desk.page, "开团")
    await opened(desk)
    const campaign = new URL(desk.page.url()).pathname.split("/").at(-1) ?? ""
    const at = `${HOME}/campaigns/${campaign}`

    await leader.to(`${HOME}/leader`)
    const { points } = await new ShopClient(host, shop).ok<{ points: { leader_id: string }[] }>({ path: `/store/group-buy/campaigns/${campaign}/points` })
    const led = new URL((await posterOf(leader, "leader-poster")).leads_to ?? "")
    expect([led.host, led.pathname, led.search]).toEqual([new URL(leader.page.url()).host, at, `?from=${points[0]?.leader_id ?? ""}`])

    const watcher = await visit()
    expect(await watcher.to("/")).toBe(200)
    await watcher.page.locator(".gb-strip a", { hasText: "去参团" }).waitFor()
    await shoot(watcher.page, "home")
    await watcher.to("/p/apple")
    await watcher.page.locator(".gb-offer").waitFor()
    await shoot(watcher.page, "product")
    await watcher.to(at)
    await watcher.page.getByText("还差 3 人成团").waitFor()
    expect(await watcher.page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.viewport.width)

    const unstreamed = await visit()
    await unstreamed.page.route("**/live", (route) => route.abort())
    await unstreamed.to(at)
    expect(await severeFindings(unstreamed.page)).toEqual([])

    const shoppers: Visit[] = []
    for (const [i, name] of ["林阿姨", "小满", "王师傅"].entries()) {
      const shopper = await member(`1385720000${i}`, at)
      await fill(shopper.page, { name, phone: `1385720000${i}` })
      if (i === 0) await shoot(shopper.page, "join")
      await press(shopper.page, "参团并付款")
      await shopper.page.waitForURL(/\/mine\/gb/)
      await shopper.page.getByRole("heading", { name: "已参团" }).waitFor()
      // Nobody reloads the watcher's page.
      await watcher.page.getByText(i < 2 ? `还差 ${2 - i} 人成团` : "已成团，3 人参团").first().waitFor()
      shoppers.push(shopper)
    }
    await unstreamed.page.getByText("已成团，3 人参团").first().waitFor()
    await shoot(watcher.page, "campaign")
    await desk.page.locator(".gb-watch dd", { hasText: /^3$/ }).first().waitFor()
    await press(desk.page, "现在截团")
    await desk.page.getByText("已成团").first().waitFor()
    await shoot(desk.page, "desk")
    await watcher.page.getByText("拼团成功").waitFor()
    for (const sheet of ["purchase", "sorting", "picking", "run"]) {
      await desk.to(`${DESK}/campaigns/${campaign}/sheets/${sheet}`)
      await desk.page.locator(".gb-sheet table").first().waitFor()
      await shoot(desk.page, `sheet-${sheet}`)
    }
    const csv = await desk.page.evaluate(async (file) => (await fetch(file)).text(), `/workbench/x-data/group-buy/campaigns/${campaign}/sheets/picking?format=csv&locale=zh-CN`)
    expect(csv).toContain("林阿姨")
    await desk.to(`${DESK}/campaigns/${campaign}/sheets/purchase`)
    await fill(desk.page, { pieces: "1" })
    await press(desk.page, "登记并退款")
    await desk.page.getByText("已登记 1 件，1 位顾客自动退款。").waitFor()
    await shoot(desk.page, "shortage")

    const [first] = shoppers as [Visit]
    await until(first, "打开取货码")
    await press(first.page, "打开取货码")
    const digits = (await first.page.locator(".gb-digits").innerText()).replace(/\D/g, "")
    expect(digits).toMatch(/^\d{6}$/)
    await first.page.locator(".fs-qr").waitFor()
    await shoot(first.page, "code")

    await leader.to(`${HOME}/leader`)
    await fill(leader.page, { code: digits === "000000" ? "000001" : "000000" })
    await press(leader.page, "核销并交货")
    await leader.page.getByRole("alert").waitFor()
    await fill(leader.page, { code: digits })
    await press(leader.page, "核销并交货")
    await leader.page.getByText("已交给林阿姨").waitFor()
    expect(await leader.page.locator("main").innerText()).not.toContain("13857200000")
    await shoot(leader.page, "leader")
    expect(await severeFindings(leader.page)).toEqual([])
    await first.page.reload()
    await first.page.getByRole("heading", { name: "已取货" }).waitFor()
    await first.to(`${HOME}/mine`)
    await first.page.getByText("已取货").waitFor()
    await shoot(first.page, "mine")

    await shoppers[2]?.page.reload()
    await shoppers[2]?.page.getByText("缺 1 件，已退款").waitFor()
    await first.page.goBack()
    await first.page.getByText("商品有问题？申请售后").click()
    await fill(first.page, { amount: "0.50", reason: "有两个磕坏了" })
    await press(first.page, "提交申请")
    await first.page.getByText("已提交，店家会尽快处理。").waitFor()
    await desk.to("/workbench")
    await desk.page.getByRole("link", { name: "售后", exact: true }).last().click()
    await desk.page.getByText("有两个磕坏了").waitFor()
    expect(await desk.page.locator("main").innerText()).not.toContain("13857200000")
    expect(await severeFindings(desk.page)).toEqual([])
    await shoot(desk.page, "claims")
    await press(desk.page, "同意退款")
    await desk.page.getByText("已退 ¥0.50，佣金同步扣回").first().waitFor()
    await first.page.reload()
    await first.page.getByText("已退回").waitFor()

    const neighbour = await visit(other)
    for (const address of [at, `${HOME}/mine`, `/x-data/group-buy/campaigns/${campaign}`, `/x-data/group-buy/campaigns/${campaign}/live`]) expect([address, await neighbour.to(address)]).toEqual([address, 404])
    await neighbour.to("/")
    expect(await neighbour.page.locator(".gb-strip").count()).toBe(0)
    for (const { noise } of [watcher, ...shoppers]) expect(noise).toEqual([])
    await Promise.all([leader, desk, watcher, unstreamed, neighbour, ...shoppers].map(({ close }) => close()))
  }, 180_000)

  it("of a team shows its members masked and succeeds on the head's own screen when the last one joins", async () => {
    const desk = await staff()
    await desk.to(`${DESK}/campaigns/new`)
    await awake(desk)
    await desk.page.getByRole("radio", { name: "拼团（好友成团）" }).check()
    await desk.page.locator("[name=variant]").first().check()
    await desk.page.locator("[name=team_size]").fill("2")
    // The rest is for the next campaign.
    await desk.page.locator("[name^='stock:']").first().fill("10")
    await press(desk.page, "开团")
    await opened(desk)
    const campaign = new URL(desk.page.url()).pathname.split("/").at(-1) ?? ""
    const home = (name: string, phone: string) => ({ name, phone, province: "浙江省", city: "杭州市", district: "西湖区", address: "翠苑一区 8 幢" })

    const head = await member("13857300001", `${HOME}/campaigns/${campaign}`)
    await fill(head.page, home("陈阿杰", "13857300001"))
    await press(head.page, "开团并付款")
    await head.page.waitForURL(/\/mine\/gb/)
    await head.page.getByText("还差 1 人成团").waitFor()
    const { teams } = await new ShopClient(host, shop).ok<{ teams: { id: string }[] }>({ path: `/store/group-buy/campaigns/${campaign}/teams` })
    const at = `${HOME}/teams/${teams[0]?.id}`
    await head.to(at)
    await head.page.getByText("还差 1 人成团").first().waitFor()
    await shoot(head.page, "team")
    expect(await head.page.locator("main .gb-faces").innerText()).not.toContain("阿杰")
    await head.page.getByText(/前没凑满自动退款/).or(head.page.getByText("名额暂时占满")).first().waitFor()

    // Without the code there is no poster, and it says so; then there is.
    await awake(head)
    await head.page.route("**/qr.svg*", (route) => route.abort())
    await press(head.page, "生成海报")
    await head.page.getByRole("alert").getByText("海报没有生成").waitFor()
    await head.page.unroute("**/qr.svg*")
    await press(head.page, "再试一次")
    await head.page.getByRole("dialog").getByRole("img").waitFor()
    await press(head.page, "关闭")
    const picture = await sharp({ create: { width: 40, height: 90, channels: 3, background: "#2a7d4f" } }).png().toBuffer()
    await head.page.route("**/static/**", (route) => route.fulfill({ contentType: "image/png", body: picture }))
    expect(await posterOf(head, "team-poster")).toEqual({ width: 750, height: 1240, leads_to: head.page.url(), first: [0x2a, 0x7d, 0x4f] })

    const friend = await member("13857300002", at)
    await fill(friend.page, home("吴小燕", "13857300002"))
    await press(friend.page, "参团并付款")
    await friend.page.waitForURL(/\/mine\/gb/)
    await head.page.getByRole("heading", { name: "拼团成功！" }).waitFor()
    await shoot(head.page, "team-won")
    const { campaign: view } = await new ShopClient(host, shop).ok<{ campaign: CampaignView }>({ path: `/store/group-buy/campaigns/${campaign}` })
    expect(view.progress.people).toBe(2)
    await Promise.all([desk, head, friend].map(({ close }) => close()))
  }, 120_000)

  it("that repeats opens its next cycle when the shop closes it, and both the desk and the closed page lead there", async () => {
    const desk = await staff()
    await desk.to(`${DESK}/campaigns/new`)
    await awake(desk)
    await desk.page.locator("[name=variant]").first().check()
    await press(desk.page, "开团")
    await opened(desk)
    const campaign = new URL(desk.page.url()).pathname.split("/").at(-1) ?? ""
    await desk.page.locator("[name=repeats]").selectOption("daily")
    await press(desk.page, "保存循环")
    await desk.page.waitForLoadState("networkidle")
    await desk.page.reload()
    expect(await desk.page.locator("[name=repeats]").inputValue()).toBe("daily")
    await shoot(desk.page, "repeats")
    await press(desk.page, "现在截团")
    await until(desk, "下一期 ›")
    const shopper = await visit()
    await shopper.to(`${HOME}/campaigns/${campaign}`)
    const [here, there] = [shopper.page.locator(`main a[href^="${HOME}/campaigns/gbcamp_"]`), desk.page.getByRole("link", { name: /下一期/ })]
    const next = (await there.getAttribute("href"))?.split("/").at(-1)
    expect(await here.getAttribute("href")).toBe(`${HOME}/campaigns/${next}`)
    await there.click()
    await desk.page.getByRole("button", { name: "现在截团" }).waitFor()
    expect(await desk.page.locator("[name=repeats]").inputValue()).toBe("daily")
    await shopper.close()
    await desk.close()
  }, 120_000)
})
