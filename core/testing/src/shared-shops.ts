import type { HostProcess } from "./host-process"
import type { SharedHost } from "./shared-host"

/** A host with its storefront that several specs use at once, and where its files lie. */
export type SharedShops = SharedHost & Pick<HostProcess, "dataDir">

/** `demo`: the demo shops; `notes`: no shop yet, and pages into which the notes of the third-party plugin are built. */
export type ShopsKind = "demo" | "notes"

/**
 * Booted for the first spec of the run that asks and shared by all that ask. For specs that open shops of their own, or
 * leave the demo shops as the others want to find them: orders of others may be there.
 */
export async function sharedShops(kind: ShopsKind): Promise<SharedShops> {
  const door = process.env.FANGSHI_TEST_SHOPS
  if (!door) throw new Error("Run the tests with npm test: global set-up offers the shops")
  const { shops, error } = (await (await fetch(`${door}/${kind}`)).json()) as { shops: SharedShops; error?: string }
  if (error) throw new Error(error)
  return shops
}
