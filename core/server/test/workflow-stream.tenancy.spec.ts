import { randomBytes } from "node:crypto"
import { ShopClient, type TestTenant, sharedHost, twoTenants } from "@fangshi/testing"

const host = sharedHost()
const WORKFLOW = "create-product-tags"

type Frame = { event_type: string; workflow_id: string; transaction_id: string; result?: { value: string }[] }

let a: TestTenant
let b: TestTenant

beforeAll(async () => {
  ;[a, b] = await twoTenants(host)
})

/** A stream of server-sent events that is being read. */
class Stream {
  text = ""
  private readonly abort = new AbortController()
  private readonly ended: Promise<void>

  constructor(tenant: TestTenant, path: string) {
    this.ended = this.read(tenant, path)
  }

  private async read(tenant: TestTenant, path: string) {
    const headers = { "x-tenant": tenant.id, authorization: `Bearer ${tenant.adminToken}` }
    try {
      const response = await fetch(`${host.url}${path}`, { headers, signal: this.abort.signal })
      if (!response.ok || !response.headers.get("content-type")?.startsWith("text/event-stream")) throw new Error(`${path} → ${response.status}`)
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) this.text += part.value
    } catch (error) {
      if (!this.abort.signal.aborted) throw error
    }
  }

  frames(): Frame[] {
    return this.text
      .split("\n\n")
      .slice(0, -1)
      .map((frame) => JSON.parse(frame.slice(frame.indexOf("\ndata: ") + 7)) as Frame)
  }

  finished(transaction: string): Frame[] {
    return this.frames().filter((frame) => frame.event_type === "onFinish" && frame.transaction_id === transaction)
  }

  async close(): Promise<void> {
    this.abort.abort()
    await this.ended
  }
}

async function within(milliseconds: number, condition: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + milliseconds; !condition(); await new Promise((resolve) => setTimeout(resolve, 20))) if (Date.now() > deadline) return false
  return true
}

const run = (tenant: TestTenant, transaction_id: string, value: string) =>
  new ShopClient(host, tenant).post(`/admin/workflows-executions/${WORKFLOW}/run`, { transaction_id, input: { product_tags: [{ value }] } })

type Heard = { transaction: string; valueOfA: string; valueOfB: string; streamOfA: Stream; streamOfB: Stream }

/**
 * Both shops listen and run the same workflow under the same transaction id at once. A stream sends nothing, not even its
 * headers, before its first event, so one opened too late for its run shows only by silence: then all is done again.
 */
async function bothRunWhileBothListen(address: (transaction: string) => string, judge: (heard: Heard) => void): Promise<void> {
  for (const deadline = Date.now() + 40_000; Date.now() < deadline; ) {
    const word = randomBytes(4).toString("hex")
    const [transaction, valueOfA, valueOfB] = [`same-${word}`, `owna-${word}`, `canaryb-${word}`]
    const [streamOfA, streamOfB] = [new Stream(a, address(transaction)), new Stream(b, address(transaction))]
    try {
      // A round trip of each shop on the same server gives the streams time to be there.
      await Promise.all([a, b].map((tenant) => new ShopClient(host, tenant).ok({ path: "/admin/regions" })))
      await Promise.all([run(a, transaction, valueOfA), run(b, transaction, valueOfB)])
      const complete = await within(3_000, () => [streamOfA, streamOfB].every((stream) => stream.finished(transaction).length > 0))
      judge({ transaction, valueOfA, valueOfB, streamOfA, streamOfB })
      if (complete) return
    } finally {
      await Promise.all([streamOfA.close(), streamOfB.close()])
    }
  }
  throw new Error("A stream stayed silent about its own shop's workflow")
}

function expectOwnOnly({ transaction, valueOfA, valueOfB, streamOfA, streamOfB }: Heard) {
  expect(streamOfA.text).not.toContain(valueOfB)
  expect(streamOfB.text).not.toContain(valueOfA)
  for (const [stream, value] of [[streamOfA, valueOfA], [streamOfB, valueOfB]] as const) {
    const ends = stream.finished(transaction)
    // Twice would be the neighbour's end as well as one's own, even if it carried no value.
    expect(ends.length).toBeLessThanOrEqual(1)
    for (const end of ends) expect(end.result?.map((tag) => tag.value)).toEqual([value])
    expect(stream.frames().every((frame) => frame.workflow_id === WORKFLOW && frame.transaction_id === transaction)).toBe(true)
  }
}

describe("the event stream", () => {
  it("of a workflow tells a shop of its own runs and never of its neighbour's under the same transaction id at the same time", () =>
    bothRunWhileBothListen(() => `/admin/workflows-executions/${WORKFLOW}/subscribe`, expectOwnOnly))

  it("of one transaction tells a shop of its own run and never of its neighbour's under the same id at the same time", () =>
    bothRunWhileBothListen((transaction) => `/admin/workflows-executions/${WORKFLOW}/${transaction}/subscribe`, expectOwnOnly))

  it("tells every step of a run, so that its silence about the neighbour means something", () =>
    bothRunWhileBothListen(
      () => `/admin/workflows-executions/${WORKFLOW}/subscribe`,
      ({ streamOfA, transaction }) => {
        if (!streamOfA.finished(transaction).length) return
        expect(new Set(streamOfA.frames().map((frame) => frame.event_type))).toEqual(new Set(["onBegin", "onStepBegin", "onStepSuccess", "onFinish"]))
      },
    ))

  it("is closed to the neighbour's administrator", async () => {
    for (const path of [`/admin/workflows-executions/${WORKFLOW}/subscribe`, `/admin/workflows-executions/${WORKFLOW}/some-transaction/subscribe`]) {
      const answer = await new ShopClient(host, a).call({ path, token: b.adminToken })
      expect([path, answer.status]).toEqual([path, 401])
    }
  })
})
