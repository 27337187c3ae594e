import { FangshiError } from "@fangshi/contracts"
import type { PluginOwners } from "../tenancy/seam"
import { ownerInStack } from "./owner-in-stack"

/**
 * What a plugin throws while it is loaded becomes PLUGIN_UNREADABLE with its name; other errors stay as they are. From here
 * on nobody can give all objects of the process a new property: not frozen, since assigning a toString must still work.
 */
export function whilePluginsLoad<T>({ ownerOf }: Pick<PluginOwners, "ownerOf">, load: () => Promise<T>): Promise<T> {
  Object.preventExtensions(Object.prototype)
  return load().catch((error: unknown) => {
    if (error instanceof FangshiError) throw error
    const plugin = ownerInStack(error instanceof Error ? error.stack : undefined, ownerOf)
    throw plugin === null ? error : new FangshiError("PLUGIN_UNREADABLE", { plugin, problem: error instanceof Error ? error.message : String(error) }, { cause: error })
  })
}
