import { blueprintVersion, migrateAsOwner, runPendingScripts, startHost, takeBlueprint } from "@fangshi/server"

/** Runs in a process of its own; see database.ts. */
async function main(stage: string | undefined) {
  if (stage === "schema") return migrateAsOwner(process.env.FANGSHI_APP_DATABASE_URL ?? "")
  const host = await startHost({ storefront: false, listen: false })
  await takeBlueprint(host.container, process.env.FANGSHI_OWNER_DATABASE_URL ?? "", blueprintVersion())
  await runPendingScripts(host)
  await host.shutdown()
}

main(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
