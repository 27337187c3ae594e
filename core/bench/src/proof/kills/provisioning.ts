import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { REPOSITORY, readCatalogue, readManifest } from "@fangshi/server"
import { type Cluster, type TestDatabase, asOwner, cloneDatabase } from "@fangshi/testing"
import type { Order, Word } from "./apply-process"
import { type Fingerprint, differences, fingerprint } from "./fingerprint"
import { sleep } from "./random"

/** Three batches. */
const PRODUCTS = 45

/** A shop of the demo with part of its products: every step of opening a shop, in seconds. */
function orderFor(id: string): Order {
  const folder = path.join(REPOSITORY, "tenants", "village")
  const manifest = readManifest(folder)
  const catalogue = readCatalogue(folder, manifest)
  if (!catalogue) throw new Error("tenants/village has no catalogue")
  return {
    manifest: { ...manifest, id, hosts: [`${id}.localhost`], owner: { email: "owner@shop.example" }, plugins: ["medusa-plugin-notes"] },
    catalogue: { ...catalogue, products: catalogue.products.slice(0, PRODUCTS) },
  }
}

class Applier {
  private constructor(private readonly child: ChildProcess) {}

  static async start(database: TestDatabase, dataDir: string): Promise<Applier> {
    const child = spawn(process.execPath, [...OWN_SOURCES, path.join(__dirname, "apply-process.ts")], {
      cwd: REPOSITORY,
      env: { ...process.env, NODE_OPTIONS: "", NODE_ENV: "production", FANGSHI_MODE: "test", FANGSHI_LOG_LEVEL: "fatal", FANGSHI_MASTER_SECRET: "test-master-secret-0123456789abcdef", FANGSHI_DATA: dataDir, FANGSHI_APP_DATABASE_URL: database.appUrl },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    })
    const applier = new Applier(child)
    await applier.heard()
    return applier
  }

  /** Resolves when the shop stands, or when the process was killed meanwhile. Throws when applying fails. */
  async apply(order: Order): Promise<"done" | "killed"> {
    const word = this.heard().catch(() => null)
    this.child.send(order)
    const heard = await word
    if (heard?.is === "failed") throw new Error(`${heard.id}: ${heard.problem}`)
    return heard ? "done" : "killed"
  }

  kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      this.child.once("exit", () => resolve())
      this.child.kill("SIGKILL")
    })
  }

  private heard(): Promise<Word> {
    return new Promise((resolve, reject) => {
      const gone = () => reject(new Error("the process ended"))
      this.child.once("exit", gone)
      this.child.once("message", (word: Word) => {
        this.child.off("exit", gone)
        resolve(word)
      })
    })
  }
}

/** How far a killed run had come. */
async function stage(ownerUrl: string, id: string): Promise<string> {
  const [row] = await asOwner<{ status: string | null; settled: boolean | null; categories: number; products: number }>(
    ownerUrl,
    `select (select status from tenancy.tenant where id = $1) as status, (select applied_digest is not null from tenancy.tenant where id = $1) as settled,
       (select count(*)::int from product_category where tenant_id = $1) as categories, (select count(*)::int from product where tenant_id = $1) as products`,
    [id],
  )
  if (!row?.status) return "nothing written"
  if (!row.settled) return "shop written, settings under way"
  if (!row.categories) return "settings written, categories under way"
  return `${row.products} of ${PRODUCTS} products written`
}

export type ProvisioningResult = { kills: number; stages: Record<string, number>; faults: string[] }

/** Kills the process `kills` times while it opens a shop; each time another process runs it again to the end and the shop is compared with an undisturbed one. */
export async function killProvisioning(cluster: Cluster, kills: number, random: () => number): Promise<ProvisioningResult> {
  const database = await cloneDatabase("template", cluster)
  const dataDir = mkdtempSync(path.join(tmpdir(), "fangshi-kills-"))
  const result: ProvisioningResult = { kills: 0, stages: {}, faults: [] }
  let applier = await Applier.start(database, dataDir)
  try {
    await applier.apply(orderFor("warm-up"))
    const from = Date.now()
    await applier.apply(orderFor("undisturbed"))
    const wholeMs = Date.now() - from
    const should = (await fingerprint(database.ownerUrl, "undisturbed")).live
    for (let i = 1; result.kills < kills; i++) {
      const order = orderFor(`killed-${i}`)
      const under = applier.apply(order)
      await sleep(random() * wholeMs)
      await applier.kill()
      const outcome = await under
      const reached = await stage(database.ownerUrl, order.manifest.id)
      applier = await Applier.start(database, dataDir)
      if (outcome === "killed") {
        result.kills++
        result.stages[reached] = (result.stages[reached] ?? 0) + 1
        const faults = await rerun(applier, order, database.ownerUrl, should)
        result.faults.push(...faults.map((fault) => `${order.manifest.id} (killed with ${reached}): ${fault}`))
      }
    }
    return result
  } finally {
    await applier.kill()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** What is wrong with a shop after the interrupted work was run again. */
async function rerun(applier: Applier, order: Order, ownerUrl: string, should: Fingerprint): Promise<string[]> {
  try {
    await applier.apply(order)
  } catch (error) {
    return [`cannot be completed: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`]
  }
  return differences((await fingerprint(ownerUrl, order.manifest.id)).live, should)
}
