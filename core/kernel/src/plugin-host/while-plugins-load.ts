import { FangshiError } from "@fangshi/contracts"
import type { PluginOwners } from "../tenancy/seam"
import { ownerInStack } from "./owner-in-stack"

/** As it was thrown last: Medusa hands on only the words of what fails while it reads routes. */
let lastFault: unknown

/** Loads a part of the plugins and remembers how it failed. Throws what `load` throws. */
export const rememberFault = <T>(load: () => Promise<T>): Promise<T> =>
  load().catch((error: unknown) => {
    lastFault = error
    throw error
  })

/**
 * What a plugin throws while it is loaded becomes PLUGIN_UNREADABLE with its name; other errors stay as they are. From here
 * on nobody can give all objects of the process a new property: not frozen, since assigning a toString must still work.
 */
export function whilePluginsLoad<T>({ ownerOf }: Pick<PluginOwners, "ownerOf">, load: () => Promise<T>): Promise<T> {
  Object.preventExtensions(Object.prototype)
  return load().catch((thrown: unknown) => {
    const error = lastFault !== undefined && textOf(thrown).includes(textOf(lastFault)) ? lastFault : thrown
    if (error instanceof FangshiError) throw error
    const plugin = ownerInStack(error instanceof Error ? error.stack : undefined, ownerOf)
    throw plugin === null ? thrown : new FangshiError("PLUGIN_UNREADABLE", { plugin, problem: textOf(error) }, { cause: error })
  })
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
