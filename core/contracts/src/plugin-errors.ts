import { type ErrorEntry, type ErrorParams, FangshiError } from "./errors"

/** The errors of a plugin's manifest: `const fail = pluginErrors(ERRORS)`, `throw fail("GROUP_CLOSED", { closed_at })`. They are answered like the platform's own. */
export const pluginErrors =
  <E extends Record<string, ErrorEntry>>(errors: E) =>
  (code: keyof E & string, params: ErrorParams = {}, options: { cause?: unknown } = {}): FangshiError =>
    new FangshiError(code, params, { ...options, entry: errors[code] as ErrorEntry })
