import { writeFileSync } from "node:fs"
import path from "node:path"
import { REPOSITORY } from "@fangshi/server/src/settings"
import { REFERENCE, referenceText } from "../check/reference"

/** Writes the reference of what plugins may use. */
export function writeReference(): void {
  writeFileSync(path.join(REPOSITORY, REFERENCE), referenceText(REPOSITORY))
  console.log(`✓ ${REFERENCE}`)
}
