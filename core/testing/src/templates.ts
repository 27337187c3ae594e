import { spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs"
import path from "node:path"
import { OWN_SOURCES } from "@fangshi/kernel/src/own-sources"
import { asOwner } from "./databases"
import { FIXTURE_PLUGINS } from "./fixture-plugins"

const REPOSITORY = path.resolve(__dirname, "../../..")

const MODULES = "core/server/src/modules"
const folders = (parent: string) => (existsSync(path.join(REPOSITORY, parent)) ? readdirSync(path.join(REPOSITORY, parent)).map((name) => `${parent}/${name}`) : [])
const migrationsOfModules = () => [MODULES, ...folders("plugins").map((plugin) => `${plugin}/src/modules`)].flatMap(folders).map((module) => `${module}/migrations`).filter((folder) => existsSync(path.join(REPOSITORY, folder)))

/** What decides how the template databases look: the empty one, and what the demo shops add to it. */
const SOURCES = ["package-lock.json", "core/kernel/src/tenancy", "core/server/src/tenants", ...migrationsOfModules(), "core/server/medusa-config.ts", "core/server/src/plugins.ts", "core/contracts/src", "core/testing/src/make-template.ts", "core/testing/fixtures/third-party/src", "core/testing/fixtures/guestbook/src"]
const DEMO_SOURCES = [...SOURCES, "core/server/src/demo", "tenants"]

function digestOf(entry: string, hash = createHash("sha256")): string {
  const visit = (file: string) => {
    if (statSync(file).isDirectory()) for (const name of readdirSync(file).sort()) visit(path.join(file, name))
    else hash.update(file.slice(REPOSITORY.length)).update(readFileSync(file))
  }
  visit(path.join(REPOSITORY, entry))
  return hash.digest("hex")
}

const stamp = (sources: string[]) => createHash("sha256").update(sources.map((source) => digestOf(source)).join()).digest("hex").slice(0, 12)

/** Makes the two template databases unless they exist for exactly these sources. */
export async function ensureTemplates(superuserUrl: string, appPassword: string, dataDir: string): Promise<{ template: string; demoTemplate: string }> {
  const names = { template: `template_${stamp(SOURCES)}`, demoTemplate: `template_demo_${stamp(DEMO_SOURCES)}` }
  const existing = await asOwner<{ datname: string }>(superuserUrl, "select datname from pg_database where datname like 'template\\_%'")
  const has = (name: string) => existing.some((row) => row.datname === name)
  for (const { datname } of existing) if (datname !== names.template && datname !== names.demoTemplate) await asOwner(superuserUrl, `drop database "${datname}" with (force)`)
  const url = new URL(superuserUrl)
  for (const [kind, name] of Object.entries(names)) {
    if (has(name)) continue
    const making = `making_${name}`
    await asOwner(superuserUrl, `drop database if exists ${making} with (force)`)
    await asOwner(superuserUrl, `create database ${making}${kind === "demoTemplate" ? ` template ${names.template}` : ""}`)
    url.pathname = `/${making}`
    await makeTemplate(kind, url.toString(), appPassword, dataDir)
    await asOwner(superuserUrl, `alter database ${making} rename to ${name}`)
  }
  return names
}

/** Brings a database up to date with these plugins, in a process of its own; of the kind demoTemplate with the demo shops. */
export function makeTemplate(kind: string, ownerUrl: string, appPassword: string, dataDir: string, plugins = FIXTURE_PLUGINS): Promise<void> {
  const child = spawn(process.execPath, [...OWN_SOURCES, path.join(__dirname, "make-template.ts"), kind], {
    cwd: REPOSITORY,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      NODE_ENV: "production",
      FANGSHI_LOG_LEVEL: "error",
      DATABASE_URL: ownerUrl,
      FANGSHI_APP_PASSWORD: appPassword,
      FANGSHI_MODE: "test",
      FANGSHI_MASTER_SECRET: "test-master-secret-0123456789abcdef",
      FANGSHI_DATA: path.join(dataDir, "demo"),
      FANGSHI_PLUGINS: plugins,
    },
    stdio: ["ignore", "inherit", "inherit"],
  })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`the template database ${kind} could not be made (${String(code)})`))))
  })
}
