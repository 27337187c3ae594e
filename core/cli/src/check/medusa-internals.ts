import type { SourceText } from "./source-files"

/** The one rule that dependency-cruiser cannot state: it sees the resolved file, and every file of Medusa lies in a dist folder. */
export const SEAM_RULE = {
  name: "medusa-internals-only-behind-the-seams",
  comment: "Only core/kernel/src/tenancy and core/server/src/medusa, whose seams are tested at start-up, may reach into @medusajs/*/dist.",
}

const BEHIND_THE_SEAMS = /^(?:core\/testing\/fixtures\/architecture\/[^/]+\/)?core\/(?:kernel\/src\/tenancy|server\/src\/medusa)\//
const CODE = /^(?:core|plugins|themes|tenants|admin|storefront)\/.*\.[cm]?[jt]sx?$/
const COMMENT = /^\s*(?:\/\/|\/?\*)/
// Any string, not only of an import: require.resolve and createRequire reach in just as well.
const INTERNAL = /["'`]([^"'`\s]*@medusajs\/[^/"'`\s]+\/dist\/[^"'`\s]*)["'`]/

/** Every string outside the seams that names a file inside of Medusa. */
export function seamBreaches(files: SourceText[]) {
  return files
    .filter((file) => CODE.test(file.path) && !BEHIND_THE_SEAMS.test(file.path))
    .flatMap((file) =>
      file.text
        .split("\n")
        .filter((line) => !COMMENT.test(line))
        .flatMap((line) => {
          const inside = INTERNAL.exec(line)?.[1]
          return inside ? [{ rule: SEAM_RULE.name, from: file.path, to: inside }] : []
        }),
    )
}
