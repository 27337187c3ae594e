import { FangshiError, type LedgerPort, localizedText } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import { z } from "zod"
import { type Caller, checked, portKey, rowsOf, whole } from "./caller"

const fen = z.int().min(0).max(1e12).default(0)
const entry = z.strictObject({ account: z.string().regex(/^[a-z][a-z0-9_-]*(?::[A-Za-z0-9_-]+)*$/).max(200), debit_amount: fen, credit_amount: fen })
const sum = (entries: z.output<typeof entry>[], side: "debit_amount" | "credit_amount") => entries.reduce((all, one) => all + one[side], 0)
const posting = z.strictObject({
  key: portKey,
  currency_code: z.string().length(3).toLowerCase(),
  memo: localizedText,
  entries: z.array(entry).min(2).max(1_000).refine((entries) => sum(entries, "debit_amount") === sum(entries, "credit_amount") && sum(entries, "debit_amount") > 0, "do not balance"),
})

const postings = z.array(posting).max(1_000).refine((all) => new Set(all.map(({ key }) => key)).size === all.length, "has a key twice")

const ROWS = "jsonb_to_recordset(?::jsonb) as r(id text, key text, currency_code text, memo jsonb, entries jsonb)"

const postAll = (caller: Caller, all: z.output<typeof postings>): Promise<void> =>
  whole(caller, async () => {
    const { plugin } = caller
    // In one order, for another may be posting some of them.
    const rows = JSON.stringify([...all].sort((a, b) => (a.key < b.key ? -1 : 1)).map((one) => ({ id: generateEntityId(undefined, "plpost"), ...one })))
    await rowsOf(caller, `insert into plugin_posting (id, plugin, key, currency_code, memo, entries) select id, ?, key, currency_code, memo, entries from ${ROWS} on conflict (tenant_id, plugin, key) do nothing`, [plugin, rows])
    const [other] = await rowsOf<{ key: string }>(
      caller,
      `select r.key from ${ROWS} where not exists (select from plugin_posting p where p.plugin = ? and p.key = r.key and p.currency_code = r.currency_code and p.memo = r.memo and p.entries = r.entries) limit 1`,
      [rows, plugin],
    )
    if (other) throw new FangshiError("PLUGIN_KEY_USED", { plugin, key: other.key })
  })

/** Postings wait in plugin_posting until the ledger takes them; Postgres accepts none that does not balance. */
export const ledgerPort = (caller: Caller): LedgerPort => ({
  post: async (key, said) => postAll(caller, [checked(caller, "ledger.post", posting, { ...said, key })]),
  postAll: async (said) => postAll(caller, checked(caller, "ledger.postAll", postings, said)),
})
