import { z } from "zod"
import { localizedText } from "./localized"

/** themes/<name>/src/theme.ts: what a theme says of itself. Tokens become CSS variables named --fs-<key>. */
export const themeManifest = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: localizedText,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  tokens: z.record(z.string().regex(/^[a-z0-9-]+$/), z.string().max(200)),
})
export type ThemeManifest = z.infer<typeof themeManifest>
