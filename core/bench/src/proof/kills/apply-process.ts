import type { SeedCatalogue, TenantManifest } from "@fangshi/contracts"
import { applyTenant, knownScriptNames, startHost } from "@fangshi/server"

/** What the parent asks for, and what it hears. */
export type Order = { manifest: TenantManifest; catalogue: SeedCatalogue }
export type Word = { is: "ready" } | { is: "done"; id: string } | { is: "failed"; id: string; problem: string }

const say = (word: Word) => process.send?.(word)

/** Workflows reject with plain objects, or with lists of them. */
const messageOf = (error: unknown): string =>
  Array.isArray(error) ? error.map(messageOf).join("; ") : String((error as { message?: unknown } | null)?.message ?? JSON.stringify(error))

/** The process of `fangshi tenant apply`, kept open for more than one shop; made to be killed. */
async function main() {
  const host = await startHost({ storefront: false, listen: false })
  const scripts = await knownScriptNames(host.settings.plugins)
  process.on("message", ({ manifest, catalogue }: Order) => {
    applyTenant(host, manifest, catalogue, { ownerPassword: `secret-${manifest.id}`, scripts }).then(
      () => say({ is: "done", id: manifest.id }),
      (error: unknown) => say({ is: "failed", id: manifest.id, problem: messageOf(error) }),
    )
  })
  say({ is: "ready" })
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
