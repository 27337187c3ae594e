import { readFileSync, readdirSync } from "node:fs"
import path from "node:path"
import { type Cluster, asOwner } from "@fangshi/testing"
import type { Mutant } from "./mutant"

const SQL = "core/kernel/src/tenancy/sql"

/** A template database with the mutant's sabotage in it, or the clean one when the database is left alone. */
export async function sabotagedTemplate(cluster: Cluster, root: string, name: string, mutant: Mutant): Promise<{ cluster: Cluster; drop: () => Promise<void> }> {
  const installs = mutant.edits?.some(({ file }) => file.startsWith(SQL)) ?? false
  if (!mutant.sql && !installs) return { cluster, drop: async () => undefined }
  await asOwner(cluster.superuserUrl, `create database ${name} template ${cluster.template}`)
  const url = new URL(cluster.superuserUrl)
  url.pathname = `/${name}`
  if (installs) for (const step of readdirSync(path.join(root, SQL)).sort()) await asOwner(url.toString(), readFileSync(path.join(root, SQL, step), "utf8"))
  // In one statement list, hence in one transaction: the event trigger would protect what we have just spoilt.
  if (mutant.sql) await asOwner(url.toString(), `set local tenancy.busy = '1'; ${mutant.sql}`)
  return { cluster: { ...cluster, template: name }, drop: async () => void (await asOwner(cluster.superuserUrl, `drop database if exists ${name} with (force)`)) }
}
