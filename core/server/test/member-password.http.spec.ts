import { type Answer, ShopClient, type SignedInMember, createTenant, latestCode, messagesTo, passTime, rowsOf, sharedHost, signIn } from "@fangshi/testing"

type Shop = { client: ShopClient; me: SignedInMember; phone: string }

const host = sharedHost()
const MINUTE = 60_000
const GOOD = "correct horse"

let phones = 0
const newPhone = () => `139${String(50_000_000 + phones++)}`
const told = ({ status, body }: Answer) => (status < 300 ? String(status) : `${status} ${String(body.code)}`)

async function newShop(): Promise<Shop> {
  const [client, phone] = [new ShopClient(host, await createTenant("passwords")), newPhone()]
  return { client, phone, me: await signIn(client, phone) }
}

const enter = ({ client }: Pick<Shop, "client">, phone: string, password: string) => client.call({ method: "POST", path: "/store/members/sign-in/password", body: { phone, password }, token: null })
const save = ({ client, me }: Shop, code: string, password: string) => client.call({ method: "POST", path: "/store/members/me/password", body: { code, password }, token: me.token })

async function askCode({ client, me, phone }: Shop): Promise<string> {
  // A minute after the code they signed in with.
  await passTime(client.tenant.id, MINUTE + 1)
  await client.post("/store/members/me/password/code", {}, { token: me.token })
  return latestCode(client.tenant.id, phone)
}

async function withPassword(password = GOOD): Promise<Shop> {
  const shop = await newShop()
  expect(told(await save(shop, await askCode(shop), password))).toBe("200")
  return shop
}

describe("a password", () => {
  it("is set with a code of its own kind, signs in as the same member, and another one takes its place", async () => {
    const shop = await newShop()
    expect(told(await enter(shop, shop.phone, GOOD))).toBe("422 PASSWORD_WRONG")
    const code = await askCode(shop)
    expect((await messagesTo(shop.client.tenant.id, shop.phone)).at(-1)).toMatchObject({ template: "password" })
    expect(told(await shop.client.call({ method: "POST", path: "/store/members/sign-in", body: { phone: shop.phone, code }, token: null }))).toBe("422 CODE_EXPIRED")
    expect(told(await save(shop, code === "000000" ? "000001" : "000000", GOOD))).toBe("422 CODE_WRONG")
    expect(told(await save(shop, code, GOOD))).toBe("200")
    expect(told(await save(shop, code, "another secret"))).toBe("422 CODE_EXPIRED")
    const { body } = await enter(shop, shop.phone, GOOD)
    expect(body).toMatchObject({ customer_id: shop.me.customer_id, created: false })
    expect((await shop.client.call({ path: "/store/customers/me", token: String(body.token) })).status).toBe(200)
    const changed = await save(shop, await askCode(shop), "another secret")
    expect(told(changed)).toBe("200")

    // Whoever had signed in before is out, whoever changed it is in.
    const tokens = { first: shop.me.token, byPassword: String(body.token), after: String(changed.body.token) }
    for (const path of ["/store/customers/me", "/store/members/me/notices"]) {
      for (const [which, token] of Object.entries(tokens)) expect([which, (await shop.client.call({ path, token })).status]).toEqual([which, which === "after" ? 200 : 401])
    }
    expect(told(await enter(shop, shop.phone, GOOD))).toBe("422 PASSWORD_WRONG")
    expect(told(await enter(shop, shop.phone, "another secret"))).toBe("200")
    expect(told(await shop.client.call({ method: "POST", path: "/store/members/me/password/code", body: {}, token: null }))).toContain("401")
  })

  it("of one shop opens nothing in another, and an unknown number is answered like a wrong password", async () => {
    const [shop, other] = [await withPassword(), await newShop()]
    expect(told(await enter(other, shop.phone, GOOD))).toBe("422 PASSWORD_WRONG")
    const [unknown, wrong] = [await enter(shop, newPhone(), GOOD), await enter(shop, shop.phone, "wrong password")]
    expect(unknown.body).toEqual({ ...wrong.body, request_id: unknown.body.request_id })
    await signIn(other.client, shop.phone)
    expect(told(await enter(other, shop.phone, GOOD))).toBe("422 PASSWORD_WRONG")
  })

  it.each(["short", "12345678901", "aaaaaaaaaa", "x".repeat(65)])("like %s is refused, with its field named", async (password) => {
    const shop = await newShop()
    const answer = await save(shop, "123456", password)
    expect([told(answer), JSON.stringify(answer.body.text)]).toEqual(["400 REQUEST_INVALID", expect.stringContaining("password")])
  })

  it("is kept as scrypt only, and goes with the account", async () => {
    const shop = await withPassword()
    const [row] = await rowsOf<{ hash: string }>(shop.client.tenant.id, "member_password")
    expect(Buffer.from(row?.hash ?? "", "base64").subarray(0, 6).toString()).toBe("scrypt")
    expect(JSON.stringify(row)).not.toContain(GOOD)
    await passTime(shop.client.tenant.id, MINUTE + 1)
    await shop.client.post("/store/members/erasure/code", {}, { token: shop.me.token })
    await shop.client.post("/store/members/erasure", { code: await latestCode(shop.client.tenant.id, shop.phone) }, { token: shop.me.token })
    expect(await rowsOf(shop.client.tenant.id, "member_password")).toEqual([])
    expect(told(await enter(shop, shop.phone, GOOD))).toBe("422 PASSWORD_WRONG")
  })
})

describe("guessing passwords", () => {
  it("ends after five for a number, also all at once and for the right one, while a code still lets its owner in; it begins anew after a quarter of an hour", async () => {
    const shop = await withPassword()
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => enter(shop, shop.phone, `guess number ${n}`)))
    expect(answers.map(told).sort()).toEqual([...Array<string>(5).fill("422 PASSWORD_WRONG"), ...Array<string>(3).fill("429 PASSWORD_TRIES")])
    expect(told(await enter(shop, shop.phone, GOOD))).toBe("429 PASSWORD_TRIES")
    await passTime(shop.client.tenant.id, MINUTE + 1)
    expect((await signIn(shop.client, shop.phone)).customer_id).toBe(shop.me.customer_id)
    await passTime(shop.client.tenant.id, 14 * MINUTE)
    expect(told(await enter(shop, shop.phone, GOOD))).toBe("200")
  })

  it("ends after thirty from an address, whatever the number, and leaves coupons alone", async () => {
    const shop = await withPassword()
    for (let n = 0; n < 30; n++) expect(told(await enter(shop, newPhone(), GOOD))).toBe("422 PASSWORD_WRONG")
    expect(told(await enter(shop, shop.phone, GOOD))).toBe("429 PASSWORD_TRIES")
    expect(told(await enter(await withPassword(), shop.phone, GOOD))).toBe("422 PASSWORD_WRONG")
    expect(await rowsOf(shop.client.tenant.id, "guess")).toHaveLength(30)
  })
})
