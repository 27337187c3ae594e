import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { RESERVED_TENANT_IDS, seedCatalogue, tenantId, tenantManifest } from "@fangshi/contracts"
import { z } from "zod"
import type { CheckStep } from "./findings"

const SCHEMAS = { "tenant.schema.json": tenantManifest, "catalogue.schema.json": seedCatalogue }

/** The JSON Schemas an editor uses for the YAML of tenants, made from the schemas the platform itself checks with: file below the repository, and text. */
export const schemaFiles = (): { file: string; text: string }[] =>
  Object.entries(SCHEMAS).map(([name, schema]) => {
    const json = z.toJSONSchema(schema, {
      io: "input",
      // A refinement that JSON Schema can say, but zod does not translate.
      override: ({ zodSchema, jsonSchema }) => void (zodSchema === tenantId && Object.assign(jsonSchema, { not: { enum: RESERVED_TENANT_IDS } })),
    })
    return { file: `tenants/${name}`, text: `${JSON.stringify(json, null, 2)}\n` }
  })

/** The files that are missing or say something else than the code does. */
export const outdatedSchemas = (rootDir: string): { file: string; text: string }[] =>
  schemaFiles().filter(({ file, text }) => !existsSync(path.join(rootDir, file)) || readFileSync(path.join(rootDir, file), "utf8") !== text)

/** How to mend an outdated schema. */
export const outdatedLine = (file: string): string => `${file} 已过时 is out of date → npm run fangshi -- schema`

export const schemasStep: CheckStep = {
  name: "schemas",
  run: async (rootDir) => ({ problems: outdatedSchemas(rootDir).map(({ file }) => outdatedLine(file)) }),
}
