import type { Locale } from "@fangshi/contracts"
import type { Ctx } from "./ctx"
import { pickingLists, purchaseSummary, runSheet, sortingMatrix } from "./sheets"

export const SHEETS = ["purchase", "sorting", "picking", "run"] as const
export type SheetName = (typeof SHEETS)[number]
/** The first row is the head. */
export type Table = { name: string; rows: (string | number)[][] }

const HEADS = {
  purchase: { "zh-CN": ["采购汇总", "商品", "编码", "件数", "金额（元）", "缺货"], en: ["Purchase", "Item", "SKU", "Pieces", "Amount (¥)", "Missing"] },
  sorting: { "zh-CN": ["播种表", "商品", "编码", "合计"], en: ["Sorting", "Item", "SKU", "Total"] },
  picking: { "zh-CN": ["摘果单", "自提点", "顾客", "商品", "编码", "件数"], en: ["Picking", "Point", "Customer", "Item", "SKU", "Pieces"] },
  run: { "zh-CN": ["送货单", "顺序", "自提点", "地址", "电话", "包裹", "件数", "距上一站（米）"], en: ["Run", "No.", "Point", "Address", "Phone", "Parcels", "Pieces", "From last (m)"] },
} satisfies Record<SheetName, Record<Locale, string[]>>

/** A sheet as data, and as a table in one language. */
export async function sheetTable(ctx: Ctx, sheet: SheetName, campaign_id: string, locale: Locale): Promise<{ data: unknown; table: Table }> {
  const [name = "", ...head] = HEADS[sheet][locale]
  switch (sheet) {
    case "purchase": {
      const data = await purchaseSummary(ctx, campaign_id)
      return { data, table: { name, rows: [head, ...data.map(({ title, sku, pieces, amount, shortage }) => [title[locale], sku ?? "", pieces, amount / 100, shortage])] } }
    }
    case "sorting": {
      const data = await sortingMatrix(ctx, campaign_id)
      return { data, table: { name, rows: [[...head, ...data.points.map((point) => point.name)], ...data.rows.map(({ title, sku, total, pieces }) => [title[locale], sku ?? "", total, ...pieces])] } }
    }
    case "picking": {
      const data = await pickingLists(ctx, campaign_id)
      return { data, table: { name, rows: [head, ...data.flatMap(({ point, parcels }) => parcels.flatMap((parcel) => parcel.lines.map(({ title, sku, pieces }) => [point, parcel.name, title[locale], sku ?? "", pieces])))] } }
    }
    case "run": {
      const data = await runSheet(ctx, campaign_id)
      return { data, table: { name, rows: [head, ...data.map(({ point, address, phone, parcels, pieces, leg_m }, i) => [i + 1, point, address, phone, parcels, pieces, leg_m])] } }
    }
  }
}
