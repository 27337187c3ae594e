import { startProofCluster } from "../proof-cluster"
import { killCheckouts } from "./kills/checkouts"
import { killProvisioning } from "./kills/provisioning"
import { randomFrom } from "./kills/random"

const KILLS = 20

const table = (counts: Record<string, number>) => Object.entries(counts).map(([what, times]) => `  ${String(times).padStart(4)}  ${what}`).join("\n")

/**
 * `npm run proof -- kills [seed] [kills] [provisioning | checkouts]`: kill -9 of the server's process at random moments
 * while shops are opened and while shoppers check out. After each, the interrupted work is run again and must end as if
 * nothing had happened.
 */
export async function run([seedText, killsText, only]: string[]): Promise<void> {
  const from = Date.now()
  const seed = Number(seedText ?? 1)
  const kills = Number(killsText ?? KILLS)
  const random = randomFrom(seed)
  const { cluster, stop } = await startProofCluster()
  const faults: string[] = []
  try {
    if (only !== "checkouts") {
      const opened = await killProvisioning(cluster, kills, random)
      console.log(`provisioning: ${opened.kills} kills, ${opened.faults.length} faults; killed with\n${table(opened.stages)}`)
      faults.push(...opened.faults)
    }
    if (only !== "provisioning") {
      const bought = await killCheckouts(cluster, kills, random)
      console.log(`checkouts: ${bought.kills} kills, ${bought.carts} carts, ${bought.cutOff} cut off, ${bought.faults.length} faults; half-made before the restart\n${table(bought.halfMade)}`)
      faults.push(...bought.faults)
    }
  } finally {
    await stop()
  }
  for (const fault of faults) console.log(`✗ ${fault}`)
  console.log(`\nkills: seed ${seed}, ${faults.length} faults, ${((Date.now() - from) / 60_000).toFixed(1)} minutes`)
  if (faults.length) process.exitCode = 1
}
