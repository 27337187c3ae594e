import { writeFileSync } from "node:fs"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { outdatedLine, outdatedSchemas } from "../check/schemas"

/** Writes the JSON Schemas an editor uses for tenants/*.yaml; with check, only tells which are out of date and fails. */
export function writeSchemas({ check }: { check?: boolean }): void {
  for (const { file, text } of outdatedSchemas(REPOSITORY)) {
    if (check) console.error(`✗ ${outdatedLine(file)}`)
    else writeFileSync(path.join(REPOSITORY, file), text)
    if (check) process.exitCode = 1
    else console.log(`✓ ${file}`)
  }
}
