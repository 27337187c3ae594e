import { FangshiError, type LedgerPort, localizedText } from "@fangshi/contracts"
import { generateEntityId } from "@medusajs/framework/utils"
import { z } from "zod"
import { type Caller, checked, portKey, rowsOf } from "./caller"

const fen = z.int().min(0).max(1e12).default(0)
const entry = z.strictObject({ account: z.string().regex(/^[a-z][a-z0-9_-]*(?::[A-Za-z0-9_-]+)*$/).max(200), debit_amount: fen, credit_amount: fen })
const sum = (entries: z.output<typeof entry>[], side: "debit_amount" | "credit_amount") => entries.reduce((all, one) => all + one[side], 0)
const posting = z.strictObject({
  key: portKey,
  currency_code: z.string().length(3).toLowerCase(),
  memo: localizedText,
  entries: z.array(entry).min(2).max(1_000).refine((entries) => sum(entries, "debit_amount") === sum(entries, "credit_amount") && sum(entries, "debit_amount") > 0, "do not balance"),
})

async function post(caller: Caller, { key, currency_code, memo, entries }: z.output<typeof posting>): Promise<void> {
  const { plugin } = caller
  const said = [currency_code, JSON.stringify(memo), JSON.stringify(entries)]
  const [made] = await rowsOf(
    caller,
    "insert into plugin_posting (id, plugin, key, currency_code, memo, entries) values (?, ?, ?, ?, ?::jsonb, ?::jsonb) on conflict (tenant_id, plugin, key) do nothing returning id",
    [generateEntityId(undefined, "plpost"), plugin, key, ...said],
  )
  if (made) return
  const [same] = await rowsOf(caller, "select id from plugin_posting where plugin = ? and key = ? and currency_code = ? and memo = ?::jsonb and entries = ?::jsonb", [plugin, key, ...said])
  if (!same) throw new FangshiError("PLUGIN_KEY_USED", { plugin, key })
}

/** Postings wait in plugin_posting until the ledger takes them; Postgres accepts none that does not balance. */
export const ledgerPort = (caller: Caller): LedgerPort => ({
  post: async (key, said) => post(caller, checked(caller, "ledger.post", posting, { ...said, key })),
})
