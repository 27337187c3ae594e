import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Cluster, cloneDatabase } from "./databases"
import { demoFiles, startDemoHost, startHostProcess } from "./host-process"
import { NOTES_FOLDER, buildPagesWithNotes } from "./pages-with-notes"
import type { SharedShops, ShopsKind } from "./shared-shops"

type Started = { shops: SharedShops; stop: () => Promise<void> }

async function start(kind: ShopsKind, cluster: Cluster): Promise<Started> {
  const database = await cloneDatabase(kind === "demo" ? "demoTemplate" : "template", cluster)
  const folder = kind === "demo" ? mkdtempSync(path.join(tmpdir(), "fangshi-demo-")) : await buildPagesWithNotes()
  // Shops of the specs upload pictures, which are nothing to the next run.
  if (kind === "demo") cpSync(demoFiles(), folder, { recursive: true })
  const notes = { FANGSHI_TEST_STOREFRONT: "1", FANGSHI_PLUGINS: NOTES_FOLDER, FANGSHI_STOREFRONT_BUILD: folder, FANGSHI_LOG_LEVEL: "fatal" }
  const { url, controlUrl, dataDir, kill } = await (kind === "demo" ? startDemoHost(database, folder) : startHostProcess(database, notes))
  return {
    shops: { url, controlUrl, dataDir, ownerUrl: database.ownerUrl, appUrl: database.appUrl },
    stop: async () => {
      await kill()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Makes shops known to sharedShops(), from the process that outlives all specs. None is booted before it is asked for. */
export async function offerShops(cluster: Cluster): Promise<{ stop: () => Promise<void> }> {
  const started = new Map<string, Promise<Started>>()
  const door = createServer((req, res) => {
    const kind = req.url === "/notes" ? "notes" : "demo"
    const starting = started.get(kind) ?? start(kind, cluster)
    started.set(kind, starting)
    starting.then(({ shops }) => res.end(JSON.stringify({ shops })), (error: unknown) => res.end(JSON.stringify({ error: String(error) })))
  })
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve))
  process.env.FANGSHI_TEST_SHOPS = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  return {
    stop: async () => {
      door.close()
      for (const starting of started.values()) await (await starting.catch(() => undefined))?.stop()
    },
  }
}
