import { forShopStaff, parseQuery } from "@fangshi/kernel"
import { z } from "zod"
import { sheetQuery } from "../../../../../../../../contract"
import { ctxOf } from "../../../../../../../../ctx-of"
import { fail } from "../../../../../../../../fail"
import { getCampaign } from "../../../../../../../../modules/group-buy/campaigns"
import { SHEETS, sheetTable } from "../../../../../../../../modules/group-buy/sheet-tables"
import { asCsv, asXlsx } from "../../../../../../../../modules/group-buy/sheet-files"

const names = z.enum(SHEETS)

/** purchase, sorting, picking or run; as JSON, CSV or a workbook. */
export const GET = forShopStaff("orders", async (req, res) => {
  const ctx = ctxOf(req.scope)
  const { format, locale } = parseQuery(sheetQuery, req)
  const sheet = names.safeParse(req.params.sheet)
  if (!sheet.success) throw fail("GROUP_BUY_CAMPAIGN_UNKNOWN")
  const { campaign } = await getCampaign(ctx, req.params.id ?? "")
  const { data, table } = await sheetTable(ctx, sheet.data, campaign.id, locale)
  if (format === "json") return void res.json({ [sheet.data]: data })
  res.attachment(`${sheet.data}-${campaign.id}.${format}`)
  if (format === "csv") res.type("text/csv; charset=utf-8").send(asCsv(table))
  else res.type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet").send(await asXlsx(table))
})
