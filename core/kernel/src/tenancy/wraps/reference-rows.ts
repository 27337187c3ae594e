import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, DefaultsUtils, defaultCurrencies } from "@medusajs/framework/utils"
import { type SeamUse, type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Module = { default: { loaders: object } }
type Loader = { container: MedusaContainer }
type Row = Record<string, string | number>

/** As the loaders of Medusa write them. */
const COUNTRIES: Row[] = DefaultsUtils.defaultCountries.map(({ alpha2, alpha3, numeric, name }) => ({ iso_2: alpha2.toLowerCase(), iso_3: alpha3.toLowerCase(), num_code: numeric, name: name.toUpperCase(), display_name: name }))
const CURRENCIES: Row[] = Object.values(defaultCurrencies).map(({ code, symbol, symbol_native, name, decimal_digits, rounding }) => ({ code: code.toLowerCase(), symbol, symbol_native, name, decimal_digits, rounding }))

const SOURCES = [
  { package: "@medusajs/region", file: "loaders/defaults.js", table: "region_country", rows: COUNTRIES },
  { package: "@medusajs/currency", file: "loaders/initial-data.js", table: "currency", rows: CURRENCIES },
]

/** Are all of them in the table, to the letter? Numbers come from it as texts. */
async function areThere(knex: Knex, table: string, rows: readonly Row[]): Promise<boolean> {
  const columns = Object.keys(rows[0] ?? {})
  const text = (row: Record<string, unknown>) => JSON.stringify(columns.map((column) => String(row[column])))
  const there = new Set((await knex(table).whereNull("deleted_at").select<Record<string, unknown>[]>(columns)).map(text))
  return rows.every((row) => there.has(text(row)))
}

let uses: SeamUse[] = []

/** Medusa wrote every country and every currency at each start, by way of an entity for each. */
export const referenceRows: Wrap = {
  name: "reference-rows",
  reason: "A third of a second of every start went into four hundred countries and currencies that were there already.",
  seam: "@medusajs/region loaders/defaults.js; @medusajs/currency loaders/initial-data.js",
  beforeLoad: () => {
    uses = SOURCES.map(({ package: name, file, table, rows }) => {
      const { loaders } = medusaInternal<Module>(name, "index.js").default
      const own = medusaInternal<{ default: unknown }>(name, file).default
      const [place] = Object.entries(loaders).find(([, loader]) => loader === own || (loader as { name?: string }).name === "reference") ?? []
      if (place === undefined) return { calls: 0 }
      return wrapMethod(referenceRows.seam, loaders, place, (original) => async function reference(options: Loader) {
        const knex = options.container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
        if (!(await areThere(knex, table, rows))) await original(options)
      })
    })
  },
  verify: async ({ container }) => {
    expectSeam(uses.length === SOURCES.length && uses.every(({ calls }) => calls > 0), "Medusa writes its countries and currencies elsewhere")
    const knex = container.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION)
    for (const { table, rows } of SOURCES) expectSeam(await areThere(knex, table, rows), `${table} does not hold what Medusa would write`)
  },
}
