import { mkdirSync } from "node:fs"
import path from "node:path"
import { severeFindings } from "@fangshi/testing/src/chromium"
import type { Page } from "playwright-core"
import { NOTES, type Shop, type ShopsWithNotes, startShopsWithNotes } from "./shops-with-notes"

const SHOTS = path.resolve(__dirname, "../../..", ".data/screenshots")
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "zh-CN" }
const BOOK = `/x/${NOTES}`
const DESK = `/workbench/x/${NOTES}`

let world: ShopsWithNotes

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  world = await startShopsWithNotes()
}, 180_000)
afterAll(() => world?.close())

type Visit = { page: Page; noise: string[]; scripts: string[]; to: (at: string) => Promise<number | undefined>; text: () => Promise<string>; close: () => Promise<void> }

async function visit({ tenant }: Shop, { script = true, locale = "zh-CN" } = {}): Promise<Visit> {
  const context = await world.browser.newContext({ ...PHONE, javaScriptEnabled: script })
  const url = world.addressOf(tenant)
  if (locale !== "zh-CN") await context.addCookies([{ name: "fs_locale", value: encodeURIComponent(Buffer.from(JSON.stringify(locale)).toString("base64")), url }])
  const page = await context.newPage()
  const noise: string[] = []
  const scripts: string[] = []
  page.on("console", (message) => message.type() === "error" && !/\/static\/|status of 4\d\d/.test(message.location().url + message.text()) && noise.push(message.text()))
  page.on("pageerror", (error) => noise.push(error.message))
  page.on("response", (response) => void (response.request().resourceType() === "script" && response.text().then((text) => scripts.push(text), () => undefined)))
  const to = async (at: string) => (await page.goto(url + at, { waitUntil: "networkidle" }))?.status()
  return { page, noise, scripts, to, text: () => page.locator("body").innerText(), close: () => context.close() }
}

/** What somebody without a browser gets. */
const fetched = ({ tenant }: Shop, at: string, init: RequestInit = {}) => fetch(world.host.url + at, { redirect: "manual", ...init, headers: { "x-tenant": tenant.id, ...init.headers } })
const note = ({ client }: Shop, slug: string, text: string) => client.post<{ note: { id: string } }>("/store/notes", { slug, text })
const PLUGINS_OWN = /留言簿|notes of one member|rules of the notes/

async function signIn({ page, to }: Visit, { tenant }: Shop) {
  await to("/workbench/login")
  await page.locator("[name=email]").fill(tenant.email)
  await page.locator("[name=password]").fill(tenant.password)
  await page.locator("form button").last().click()
  await page.locator(".wb-figures").waitFor()
}

describe("a plugin's page", () => {
  it.each([["with", true, "zh-CN"], ["without", false, "zh-CN"], ["with", true, "en"]] as const)("%s scripts (%s, %s) stands in the shop's layout and takes a form by the keyboard, whose refusal it shows with what was typed", async (_how, script, locale) => {
    const words = locale === "en" ? { book: "Book of notes", none: "No notes yet", send: "Leave a note", count: "1 notes" } : { book: "留言簿", none: "还没有留言", send: "留言", count: "1 条留言" }
    const shop = await world.newShop([NOTES])
    const { page, noise, to, text, close } = await visit(shop, { script, locale })
    expect(await to(`${BOOK}?sought=pears`)).toBe(200)
    expect(await page.locator("h1").innerText()).toBe(words.book)
    expect(await page.title()).toBe(words.book)
    expect(await text()).toContain(words.none)
    expect(await text()).toContain("pears guest")
    expect(await page.locator("header a[href='/']").count()).toBeGreaterThan(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.viewport.width)
    if (script) await page.locator(".notes-asked", { hasText: "0" }).waitFor()
    await page.locator("#slug").focus()
    await page.keyboard.type("first")
    await page.keyboard.press("Tab")
    await page.keyboard.type("很甜")
    await page.keyboard.press("Enter")
    await page.waitForURL(/\/notes\/note_/)
    await page.locator("h1", { hasText: /^first$/ }).waitFor()
    expect(await page.title()).toBe("first")
    expect(await page.locator("meta[property='og:description']").getAttribute("content")).toBe(locale === "en" ? "A note: 很甜" : "留言：很甜")
    expect(await page.locator("meta[property='og:image']").getAttribute("content")).toBe(`${world.addressOf(shop.tenant)}/static/note.webp`)
    await page.getByRole("link", { name: "‹" }).click()
    await page.getByRole("progressbar", { name: words.count }).waitFor()
    await page.locator("#slug").fill("first")
    await page.locator("#text").fill("再来")
    await page.getByRole("button", { name: words.send }).click()
    await page.getByRole("alert").waitFor()
    expect(await page.getByRole("alert").innerText()).toMatch(locale === "en" ? /^[\x20-\x7e‘’“”–]+$/ : /[\u4e00-\u9fff]/)
    expect(await page.locator("#text").inputValue()).toBe("再来")
    if (script && locale === "zh-CN") {
      await page.screenshot({ path: path.join(SHOTS, "plugin-page.png"), fullPage: true })
      expect(await severeFindings(page)).toEqual([])
    }
    expect(noise).toEqual([])
    await close()
  })

  it("is not there where the shop has switched it off, nor is what browsers may fetch, and neither says more than any other address", async () => {
    const [on, off] = [await world.newShop([NOTES]), await world.newShop([])]
    const { note: { id } } = await note(on, "first", "很甜")
    for (const at of [BOOK, `${BOOK}/notes/${id}`, `${BOOK}/own`, `/x-data/${NOTES}/all`]) {
      expect((await fetched(on, at)).status).toBeLessThan(400)
      const answer = await fetched(off, at)
      expect([at, answer.status]).toEqual([at, 404])
      expect(await answer.text()).not.toMatch(PLUGINS_OWN)
    }
    expect((await fetched(off, BOOK, { method: "POST", body: new URLSearchParams({ slug: "a", text: "b" }) })).status).toBe(404)
    const { to, text, close } = await visit(off)
    expect(await to(BOOK)).toBe(404)
    const missing = await text()
    expect(await to("/nowhere")).toBe(404)
    expect(await text()).toBe(missing)
    await world.switchTo(on, [])
    expect((await fetched(on, BOOK)).status).toBe(404)
    await close()
  })

  it("shows what its own shop holds, and of its neighbour's nothing", async () => {
    const [a, b] = [await world.newShop([NOTES]), await world.newShop([NOTES])]
    const { note: { id } } = await note(a, "first", "只在甲店")
    await note(b, "first", "只在乙店")
    expect(await (await fetched(a, BOOK)).text()).toContain("只在甲店")
    const book = await (await fetched(b, BOOK)).text()
    expect(book).toContain("只在乙店")
    expect(book).not.toContain("只在甲店")
    expect((await fetched(b, `${BOOK}/notes/${id}`)).status).toBe(404)
    expect((await fetched(b, `/x-data/${NOTES}/one/${id}`)).status).toBe(404)
    expect((await (await fetched(a, `/x-data/${NOTES}/one/${id}`)).json() as { note: object }).note).toMatchObject({ text: "只在甲店" })
  })

  it("whose load is refused shows the refusal in the visitor's language, and one that breaks or has nothing the shop's error page", async () => {
    const shop = await world.newShop([NOTES])
    for (const locale of ["zh-CN", "en"]) {
      const { to, text, close } = await visit(shop, { locale })
      expect(await to(`${BOOK}/notes/nowhere`)).toBe(404)
      const refused = await text()
      expect(await to(`${BOOK}/gone`)).toBe(404)
      const nothing = await text()
      expect(refused).not.toBe(nothing)
      expect(refused).toContain(locale === "en" ? "Not found" : "没有找到")
      expect(await to(`${BOOK}/broken`)).toBe(500)
      expect(await text()).not.toContain("the notes are gone")
      await close()
    }
  })

  it("is whole in what the server sends, however long it is", async () => {
    const shop = await world.newShop([NOTES])
    for (let i = 0; i < 8; i++) await note(shop, `long-${i}`, `${i}`.repeat(4_000))
    const { page, to, close } = await visit(shop, { script: false })
    await to(BOOK)
    expect(await page.locator("ul.fs-panel li").count()).toBe(8)
    await close()
  })

  it("for members sends others to sign in, and from there back", async () => {
    const answer = await fetched(await world.newShop([NOTES]), `${BOOK}/own?page=2`)
    expect([answer.status, answer.headers.get("location")]).toEqual([302, `/account/sign-in?back=${encodeURIComponent(`${BOOK}/own?page=2`)}`])
  })

  it("is kept by nobody, and takes no form from another site", async () => {
    const shop = await world.newShop([NOTES])
    for (const at of [BOOK, `/x-data/${NOTES}/all`]) expect((await fetched(shop, at)).headers.get("cache-control")).toMatch(/^private, no-(?:cache|store)$/)
    expect((await fetched(shop, BOOK)).headers.get("etag")).toBeNull()
    await note(shop, "first", "刚刚写下")
    expect(await (await fetched(shop, BOOK)).text()).toContain("刚刚写下")
    const send = (origin: string) => fetched(shop, BOOK, { method: "POST", headers: { origin }, body: new URLSearchParams({ slug: origin, text: "b" }) })
    expect((await send("https://elsewhere.example")).status).toBe(400)
    expect((await send(new URL(world.host.url).origin)).status).toBe(302)
    expect((await fetched(shop, `${BOOK}/own`, { method: "POST", body: new URLSearchParams() })).status).toBe(302)
    expect((await fetched(shop, `${BOOK}/gone`, { method: "POST", body: new URLSearchParams() })).status).toBe(405)
  })

  it("brings its script to itself alone, and lives without it", async () => {
    const shop = await world.newShop([NOTES])
    const { page, scripts, noise, to, close } = await visit(shop)
    await to("/")
    expect(scripts.join()).toContain("notes say hello")
    expect(scripts.join()).not.toContain("notes-asked")
    await to(BOOK)
    expect(scripts.join()).toContain("notes-asked")
    expect(noise).toEqual([])
    await page.route("**/assets/part-*.js", (route) => route.abort())
    await to(BOOK)
    await page.waitForFunction(() => Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber")))
    await page.locator("#slug").fill("first")
    await page.locator("#text").fill("很甜")
    await page.getByRole("button", { name: "留言" }).click()
    // The address changes a moment before the page does.
    await page.waitForURL(/\/notes\/note_/)
    await page.locator("h1", { hasText: /^first$/ }).waitFor()
    await close()
  })
})

describe("a plugin's screen in the workbench", () => {
  it("is reached from the navigation, reads and writes as this staff member, and shows refusals", async () => {
    const shop = await world.newShop([NOTES])
    const { note: { id } } = await note(shop, "first", "很甜")
    const { products } = await shop.client.ok<{ products: { id: string }[] }>({ path: "/admin/products" })
    const desk = await visit(shop)
    await signIn(desk, shop)
    const { page, noise } = desk
    await page.getByRole("link", { name: "留言簿" }).focus()
    await page.keyboard.press("Enter")
    await page.getByRole("heading", { name: "留言簿" }).waitFor()
    expect(new URL(page.url()).pathname).toBe(DESK)
    expect(await page.locator(".wb-panel").innerText()).toContain("很甜")
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.viewport.width)
    await page.getByRole("button", { name: "关联商品" }).click()
    await page.getByRole("alert").waitFor()
    await page.locator("[name=note_id]").fill(id)
    await page.locator("[name=product_id]").fill(products[0]?.id ?? "")
    await page.getByRole("button", { name: "关联商品" }).click()
    await page.getByRole("status").waitFor()
    expect(await page.getByRole("status").innerText()).toContain(id)
    await page.screenshot({ path: path.join(SHOTS, "plugin-screen.png"), fullPage: true })
    expect(await severeFindings(page)).toEqual([])
    expect(await page.evaluate(async (at) => (await fetch(at)).json() as Promise<unknown>, `/workbench/x-data/${NOTES}/all`)).toEqual({ raw: 1, built: 1 })
    expect(noise).toEqual([])
    await world.switchTo(shop, [])
    expect(await desk.to(DESK)).toBe(404)
    await desk.to("/workbench")
    expect(await page.getByRole("link", { name: "留言簿" }).count()).toBe(0)
    await desk.close()
  })

  it("is for staff only, as is what it may fetch", async () => {
    const shop = await world.newShop([NOTES])
    for (const at of [DESK, `/workbench/x-data/${NOTES}/all`]) {
      const answer = await fetched(shop, at)
      expect([answer.status, answer.headers.get("location")]).toEqual([302, `/workbench/login?to=${encodeURIComponent(at)}`])
    }
    expect((await fetched(shop, `/x-data/${NOTES}/all`)).status).toBe(200)
    const other = await world.newShop([NOTES])
    const desk = await visit(shop)
    await signIn(desk, shop)
    const cookie = (await desk.page.context().cookies()).find(({ name }) => name === "fs_staff")
    expect((await fetched(shop, DESK, { headers: { cookie: `fs_staff=${cookie?.value}` } })).status).toBe(200)
    expect((await fetched(other, DESK, { headers: { cookie: `fs_staff=${cookie?.value}` } })).status).toBe(302)
    await desk.close()
  })
})
