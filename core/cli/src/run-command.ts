import path from "node:path"
import { Command } from "commander"
import type { NewTheme } from "./commands/new-theme"
import { makingCommands, packageCommands } from "./commands/plugin-commands"

/** Every command; each loads only what it needs. */
function commandLine(): Command {
  const program = new Command("fangshi").description("坊市：一个进程，许多店铺。 Many isolated shops in one process.")

  program.command("start").description("启动数据库、店铺与接口 Start everything").action(async () => (await import("./commands/start")).start())
  program.command("check").description("检查代码 Lint, types, architecture, licences, translations").action(async () => {
    const { runCheck } = await import("./check")
    process.exitCode = await runCheck((await import("@fangshi/server")).REPOSITORY)
  })
  program.command("migrate").description("更新数据库结构 Bring the database up to date").action(async () => (await import("./commands/migrate")).migrate())
  program.command("schema").description("生成 YAML 的 JSON Schema Write tenants/*.schema.json").option("--check", "只比较 compare only").action(async (options: { check?: boolean }) => (await import("./commands/schema")).writeSchemas(options))

  program.command("reference").description("生成插件参考文档 Write core/docs/plugins/reference.md").action(async () => (await import("./commands/reference")).writeReference())

  const tenant = program.command("tenant").description("管理店铺 Manage tenants")
  tenant.command("list").option("--json").action(async (options: { json?: boolean }) => (await import("./commands/tenant")).list(options))
  tenant.command("create <id>").description("按 tenants/<id> 或选项开店 Open a shop").option("--host <host...>").option("--name <name>").option("--email <email>").action(async (id: string, options: { host?: string[]; name?: string; email?: string }) => (await import("./commands/tenant")).create(id, options))
  tenant.command("apply [id]").description("应用 tenants/ 下的文件 Apply tenants/<id>, or all").option("--dry-run", "只显示计划 show the plan only").option("--dir <folder>", "另一个目录 another folder of tenants").action(async (id: string | undefined, options: { dryRun?: boolean; dir?: string }) => (await import("./commands/tenant")).apply(id, options))
  for (const [name, to] of [["suspend", "suspended"], ["resume", "active"], ["archive", "archived"]] as const) {
    tenant.command(`${name} <id>`).action(async (id: string) => (await import("./commands/tenant")).setStatus(id, to))
  }

  tenant.command("plugins <id>").description("店铺的插件 Its plugins").option("--json").action(async (id: string, options: { json?: boolean }) => (await import("./commands/tenant-plugin")).listPlugins(id, options))
  tenant.command("activate <id> <plugin>").description("为店铺启用插件 Switch a plugin on").action(async (id: string, plugin: string) => (await import("./commands/tenant-plugin")).activate(id, plugin))
  tenant.command("configure <id> <plugin>").description("查看或修改插件设置 Show or change a plugin's settings").option("--file <json>", "要修改的设置，- 为标准输入 what to change; - reads standard input")
    .action(async (id: string, plugin: string, options: { file?: string }) => (await import("./commands/tenant-plugin")).configure(id, plugin, options))
  tenant.command("deactivate <id> <plugin>").description("为店铺停用插件，数据保留 Switch a plugin off, keeping its data").option("--purge", "同时清除数据，先显示 remove its data too; shows it first").option("--yes", "确认清除 really remove")
    .action(async (id: string, plugin: string, options: { purge?: boolean; yes?: boolean }) => (await import("./commands/tenant-plugin")).deactivate(id, plugin, options))
  tenant.command("release <id> <plugin>").description("恢复因多次出错而暂停的插件 Let a plugin that was paused run again").action(async (id: string, plugin: string) => (await import("./commands/plugin-switch")).release(id, plugin))
  tenant.command("restore <id> <plugin>").description("恢复清除的数据 Bring back what --purge removed, for 30 days").action(async (id: string, plugin: string) => (await import("./commands/tenant-plugin")).restore(id, plugin))

  packageCommands(program.command("plugin").description("管理插件 Manage plugins"))

  const make = program.command("new").description("新建 Make something new")
  make.command("theme <name>").description("新建主题 A theme that extends another")
    .option("--extends <theme>", "从哪个主题开始 the theme to start from", "default").option("--title <text>", "中文名 its name in Chinese").option("--title-en <text>", "英文名 its name in English")
    .option("--primary <colour>", "主色 main colour", "#1d4e89").option("--accent <colour>", "点缀色 accent colour", "#f2a33a")
    .action(async (name: string, options: NewTheme) => (await import("./commands/new-theme")).newTheme(name, options))
  makingCommands(program, make)

  for (const name of ["proof", "bench"] as const) {
    program.command(`${name} [name] [args...]`).allowUnknownOption().description(name === "proof" ? "长时间的证明 Long-running proofs" : "对比测量 Benchmarks").action(async (which: string | undefined, args: string[]) => (await import("./commands/run-suite")).runSuite(name, which, args))
  }
  return program
}

/** Runs one command, given as the words after `fangshi`. Throws what it throws; most end the process when they are done. */
export async function runCommand(args: string[]): Promise<void> {
  const [command = ""] = args
  process.env.FANGSHI_COMMAND = command
  // Before anything that logs is loaded: people get steps and addresses, the log gets the rest. In production it goes to standard output.
  if (command === "start" && process.env.FANGSHI_MODE !== "production") process.env.FANGSHI_LOG_FILE ||= path.join(process.env.FANGSHI_DATA || path.resolve(__dirname, "../../../.data"), "logs", "server.log")
  else if (command !== "start") process.env.FANGSHI_LOG_LEVEL ||= "error"
  await commandLine().parseAsync(args, { from: "user" })
}
