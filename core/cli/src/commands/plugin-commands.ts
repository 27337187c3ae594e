import type { Command } from "commander"
import type { AddOptions } from "./plugin-add"
import type { NewPlugin } from "./plugin-new"

/** What `fangshi plugin` does with packages; each command loads only what it needs. */
export function packageCommands(plugin: Command): void {
  plugin.command("pack <folder>").description("打包 Pack a plugin into an npm tarball").option("--out <file>").action(async (folder: string, options: { out?: string }) => (await import("./plugin-pack")).pack(folder, options))
  plugin.command("keys").description("生成密钥 Make the key of a publisher or an operator").requiredOption("--out <file>", "私钥文件 file of the private key").action(async (options: { out: string }) => (await import("./plugin-sign")).keys(options))
  plugin.command("sign <tarball>").description("签名 Sign as publisher, or countersign as operator").requiredOption("--key <file>").option("--operator", "平台会签 countersign").action(async (file: string, options: { key: string; operator?: boolean }) => (await import("./plugin-sign")).sign(file, options))
  plugin.command("verify <tarball>").description("离线验证 Verify without a network").option("--trust <file>", "信任文件 instead of <data>/plugin-trust.json").action(async (file: string, options: { trust?: string }) => (await import("./plugin-verify")).verify(file, options))
  plugin.command("publish <tarball>").description("发布 Publish to a folder or an npm registry").requiredOption("--to <folder|url>").action(async (file: string, options: { to: string }) => (await import("./plugin-publish")).publish(file, options))
  plugin.command("add <package>").description("安装 Install a tarball, or package[@version]").option("--from <folder|url>", "软件源 registry").option("--plain", "没有签名的普通 Medusa 插件 a Medusa plugin that nobody signed")
    .action(async (what: string, options: AddOptions) => (await import("./plugin-add")).add(what, options))
  plugin.command("list").description("已安装的插件 What is installed").option("--json").action(async (options: { json?: boolean }) => (await import("./plugin-list")).list(options))
  plugin.command("remove <id>").description("移除 Take an installed plugin away").action(async (id: string) => (await import("./plugin-list")).remove(id))
  plugin.command("test [plugin] [args...]").allowUnknownOption().description("运行插件的测试 Run a plugin's tests against the real host").action(async (folder: string | undefined, args: string[]) => (await import("./plugin-test")).testPlugin(folder, args))
}

/** What else belongs to making a plugin. */
export function makingCommands(program: Command, make: Command): void {
  make.command("plugin <id>").description("新建插件 A plugin with tests, ready to change").option("--dir <folder>", "另一个目录 another folder than plugins/<id>").option("--title <text>", "中文名 its name in Chinese").option("--title-en <text>", "英文名 its name in English")
    .action(async (id: string, options: NewPlugin) => (await import("./plugin-new")).newPlugin(id, options))
  program.command("dev").description("边改边看插件 Run the host with a plugin, started anew at every change").requiredOption("--plugin <id|folder>").action(async (options: { plugin: string }) => (await import("./plugin-dev")).dev(options))
}
