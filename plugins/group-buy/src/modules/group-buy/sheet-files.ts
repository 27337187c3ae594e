import writeXlsxFile from "write-excel-file/node"
import type { Table } from "./sheet-tables"

/** What a spreadsheet would take for a formula is made text: customers choose their names. */
const harmless = (value: string | number) => (typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value)

const quoted = (value: string | number) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value))

/** With a byte order mark, without which Excel takes Chinese for something else. */
export const asCsv = ({ rows }: Table): string => `\uFEFF${rows.map((row) => row.map((value) => quoted(harmless(value))).join(",")).join("\r\n")}\r\n`

export const asXlsx = ({ name, rows }: Table): Promise<Buffer> => writeXlsxFile(rows.map((row, i) => row.map((value) => (i ? { value } : { value, fontWeight: "bold" as const }))), { sheet: name }).toBuffer()
