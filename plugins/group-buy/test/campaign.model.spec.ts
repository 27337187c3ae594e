import fc from "fast-check"
import { closeCampaign, decideWhatIsDue, refuseCampaign } from "../src/modules/group-buy/decide"
import { joinCampaign } from "../src/modules/group-buy/join"
import { beginPayment, getParticipation, leaveCampaign, pay } from "../src/modules/group-buy/pay"
import { workTodos } from "../src/modules/group-buy/work"
import { CONTACT, type Books, type TestShop, minutes, openBooks } from "./books"
import { CLOSES, CampaignModel, LIMIT, PRICE, STEPS, STOCK, TARGET } from "./campaign-model"

/** Runs on the real SQL, and in how many rows of runs side by side. */
const [RUNS, ROWS] = [5_000, 8]

let books: Books
beforeAll(async () => void (books = await openBooks(ROWS)))
afterAll(() => books.close())

type Real = { shop: TestShop; campaign: string; item: string; ids: Map<string, string> }
type Step = fc.AsyncCommand<CampaignModel, Real>

const codeOf = async (work: () => Promise<string>) => work().catch((error: { code?: string }) => error.code ?? String(error))

async function picture({ shop, campaign, item }: Real): Promise<object> {
  const [row] = await shop.as(({ db }) =>
    db.preparedRows<{ status: string; people: string; reserved: string; sold: string; members: string | null }>(
      "campaign-picture",
      `select c.status, c.paid_people as people, i.reserved, i.sold, (select string_agg(idempotency_key || '=' || status, ',' order by idempotency_key collate "C") from group_buy_participation where campaign_id = c.id) as members
       from group_buy_campaign c join group_buy_campaign_item i on i.campaign_id = c.id where c.id = ? and i.id = ?`,
      [campaign, item],
    ),
  )
  return {
    status: row?.status,
    reserved: Number(row?.reserved),
    sold: Number(row?.sold),
    people: Number(row?.people),
    members: Object.fromEntries((row?.members ?? "").split(",").filter(Boolean).map((each) => each.split("="))) as object,
    takings: shop.double.takings(),
  }
}

/** A step of both; what they answer and how they look afterwards must be the same. A campaign that failed keeps the figures it failed with. */
function step(name: string, check: (model: CampaignModel) => boolean, inModel: (model: CampaignModel) => string, inReal: (real: Real) => Promise<string>): Step {
  return {
    check,
    toString: () => name,
    run: async (model, real) => {
      const before = model.people
      const expected = inModel(model)
      real.shop.double.now = model.time
      expect([name, await codeOf(() => inReal(real))]).toEqual([name, expected])
      // Time alone changes nothing; what it did is seen with the next step.
      if (name.startsWith("pass")) return
      const decided = model.status === "failed" || model.status === "refused"
      const seen = await picture(real)
      expect([name, decided ? { ...seen, people: 0 } : seen]).toEqual([name, model.picture()])
      if (!decided && before !== model.people) expect(Math.abs(before - model.people)).toBe(1)
    },
  }
}

const KEYS = ["key-aaaa", "key-bbbb", "key-cccc", "key-dddd"]
const has = (key: string) => (model: CampaignModel) => model.members.has(key)
const participationOf = ({ shop, ids }: Real, key: string) => ({ id: ids.get(key) ?? "", customer_id: customerOf(shop, ids, key) })
const customers = new WeakMap<Map<string, string>, Map<string, string>>()
const customerOf = (_shop: TestShop, ids: Map<string, string>, key: string) => customers.get(ids)?.get(key) ?? ""

const joins = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom("ann", "ben"), fc.integer({ min: 1, max: 3 })).map(([key, customer, quantity]) =>
  step(`join ${key} ${customer} ${quantity}`, () => true, (model) => model.join(key, customer, quantity), async (real) => {
    const joined = await real.shop.as((ctx) => joinCampaign(ctx, { campaign_id: real.campaign, customer_id: customer, idempotency_key: key, items: [{ item_id: real.item, quantity }], leader_id: `gblead_${real.shop.id}`, contact: CONTACT, open_team: false }))
    real.ids.set(key, joined.id)
    customers.set(real.ids, (customers.get(real.ids) ?? new Map()).set(key, customer))
    return joined.status
  }),
)
const pays = fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom("nothing", "authorized", "authorized", "captured")).map(([key, provider]) =>
  step(`pay ${key} ${provider}`, has(key), (model) => model.pay(key, provider as "nothing"), (real) =>
    real.shop.as(async (ctx) => {
      const who = participationOf(real, key)
      const first = await pay(ctx, who)
      if (provider === "nothing" || first.outcome !== "waiting") return first.outcome
      real.shop.double.authorise((await beginPayment(ctx, await getParticipation(ctx, who.id, who.customer_id))).id, provider as "authorized")
      return (await pay(ctx, who)).outcome
    }),
  ),
)
const leaves = fc.constantFrom(...KEYS).map((key) => step(`leave ${key}`, has(key), (model) => model.leave(key), (real) => real.shop.as(async (ctx) => (await leaveCampaign(ctx, participationOf(real, key))).status)))
const passes = fc.integer({ min: 1, max: 16 }).map((passed) =>
  step(`pass ${passed} minutes`, () => true, (model) => {
    model.now += passed
    return "passed"
  }, async () => "passed"),
)
const statusOf = async ({ shop, campaign }: Real) => (await shop.as(({ db }) => db.preparedRows<{ status: string }>("campaign-status", "select status from group_buy_campaign where id = ?", [campaign])))[0]?.status ?? ""
const sweeps = fc.constant(step("sweep", () => true, (model) => model.close("due"), async (real) => {
  await real.shop.as((ctx) => decideWhatIsDue(ctx))
  return statusOf(real)
}))
const closes = fc.constant(step("close early", () => true, (model) => model.close("early"), async (real) => {
  await real.shop.as((ctx) => closeCampaign(ctx, real.campaign, { early: true }))
  return statusOf(real)
}))
const refuses = fc.constant(step("refuse", () => true, (model) => model.close("refuse"), async (real) => {
  await real.shop.as((ctx) => refuseCampaign(ctx, real.campaign))
  return statusOf(real)
}))
const works = fc.constant(step("work", () => true, (model) => (model.work(), "worked"), async (real) => {
  await real.shop.as((ctx) => workTodos(ctx))
  return "worked"
}))

async function open(): Promise<Real> {
  const shop = books.open("m")
  const [campaign, item] = [`gbcamp_${shop.id}`, `gbitem_${shop.id}`]
  await shop.as(async (ctx) => {
    await ctx.db.preparedRows(
      "campaign-open",
      `with l as (insert into group_buy_leader (id, customer_id, status, leader_name, phone, point_name, province, city, district, address, latitude, longitude, commission_basis_points, applied_at) values (?, 'cus_leader', 'approved', '李姐', '13900001111', '一号点', '浙江省', '杭州市', '余杭区', '古墩路 1 号', 30, 120, 500, now())),
       c as (insert into group_buy_campaign (id, kind, status, title_zh, title_en, opens_at, closes_at, currency_code, condition_by, condition_target, step_by, per_person_limit) values (?, 'community', 'open', '草莓', 'Strawberries', ?, ?, 'cny', 'people', ?, 'people', ?)),
       i as (insert into group_buy_campaign_item (id, campaign_id, product_id, variant_id, title_zh, title_en, position, unit_price, stock) values (?, ?, 'prod_1', 'variant_1', '草莓', 'Strawberries', 0, ?, ?)),
       s as (insert into group_buy_price_step (item_id, from_count, unit_price) values (?, ?, ?))
       insert into group_buy_campaign_point (campaign_id, leader_id) values (?, ?)`,
      [`gblead_${shop.id}`, campaign, minutes(0), minutes(CLOSES), TARGET, LIMIT, item, campaign, PRICE, STOCK, item, STEPS[0]?.from_count, STEPS[0]?.unit_price_amount, campaign, `gblead_${shop.id}`],
    )
  })
  return { shop, campaign, item, ids: new Map() }
}

describe("a campaign in Postgres", () => {
  it(`never differs from the model in ${RUNS} runs of joining, paying, leaving, waiting, closing and refusing`, async () => {
    let runs = 0
    const commands = fc.commands([joins, joins, pays, pays, leaves, passes, sweeps, closes, refuses, works], { maxCommands: 9 })
    const row = () =>
      fc.assert(
        fc.asyncProperty(commands, async (steps) => {
          const real = await open()
          const model = new CampaignModel()
          await fc.asyncModelRun(() => ({ model, real }), steps)
          runs++
        }),
        { numRuns: Math.ceil(RUNS / ROWS) },
      )
    await Promise.all(Array.from({ length: ROWS }, row))
    expect(runs).toBeGreaterThanOrEqual(RUNS)
  }, 300_000)
})
