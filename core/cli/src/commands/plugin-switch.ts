import { FangshiError } from "@fangshi/contracts"
import { knownPlugins } from "@fangshi/server/src/tenants/deployment"
import { assertTenantId, withList } from "./tenant"

const killSwitch = () => import("@fangshi/server/src/plugin-host/kill-switch")
const releasing = () => import("@fangshi/server/src/plugin-host/release")

function assertKnown(plugin: string) {
  const known = knownPlugins()
  if (!known.includes(plugin)) throw new FangshiError("PLUGIN_UNKNOWN", { plugin, known: known.join(", ") || "–" })
}

/** Switches a plugin off in every shop at once; what the shops chose stays. */
export async function kill(plugin: string, options: { reason: string }): Promise<void> {
  assertKnown(plugin)
  await withList(async (knex) => {
    const { killPlugin } = await killSwitch()
    await killPlugin(knex, plugin, options.reason)
    console.log(`✓ ${plugin} killed`)
  })
}

/** Takes that back. */
export async function revive(plugin: string): Promise<void> {
  assertKnown(plugin)
  await withList(async (knex) => {
    const { revivePlugin } = await killSwitch()
    console.log((await revivePlugin(knex, plugin)) ? `✓ ${plugin} revived` : `= ${plugin}`)
  })
}

/** Lets a plugin that was paused after repeated failure run again in a shop. */
export async function release(tenant: string, plugin: string): Promise<void> {
  assertTenantId(tenant)
  assertKnown(plugin)
  await withList(async (knex) => {
    const { releaseQuarantine } = await releasing()
    await releaseQuarantine(knex, tenant, plugin)
    console.log(`✓ ${tenant} ${plugin} on`)
  })
}

/** What support has not seen yet. */
export const notices = (options: { json?: boolean }): Promise<void> =>
  withList(async (knex) => {
    const { unseenNotices } = await releasing()
    const unseen = await unseenNotices(knex)
    if (options.json) return console.log(JSON.stringify(unseen, null, 2))
    for (const { at, text } of unseen) console.log(`${at.toISOString()}  ${text["zh-CN"]}\n${" ".repeat(26)}${text.en}`)
  })
