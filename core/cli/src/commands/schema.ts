import { existsSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { seedCatalogue, tenantManifest } from "@fangshi/contracts"
import { REPOSITORY } from "@fangshi/server"
import { z } from "zod"

const FILES = { "tenant.schema.json": tenantManifest, "catalogue.schema.json": seedCatalogue }

/** Writes the JSON Schemas an editor uses for tenants/*.yaml; with check, fails when they are out of date. */
export function writeSchemas({ check }: { check?: boolean }): void {
  for (const [name, schema] of Object.entries(FILES)) {
    const file = path.join(REPOSITORY, "tenants", name)
    const text = `${JSON.stringify(z.toJSONSchema(schema, { io: "input" }), null, 2)}\n`
    const same = existsSync(file) && readFileSync(file, "utf8") === text
    if (check && !same) throw new Error(`tenants/${name} is out of date; run: npm run fangshi -- schema`)
    if (!check && !same) writeFileSync(file, text)
  }
}
