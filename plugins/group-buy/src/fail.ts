import { pluginErrors } from "@fangshi/contracts"
import { ERRORS } from "./contract/errors"

/** Makes the trade's errors: `throw fail("GROUP_BUY_LIMIT", { limit, taken })`. */
export const fail = pluginErrors(ERRORS)
