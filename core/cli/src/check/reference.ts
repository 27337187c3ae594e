import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { ERRORS } from "@fangshi/contracts"
import ts from "typescript"
import type { CheckStep } from "./findings"

/** Where the reference stands, below the repository. */
export const REFERENCE = "core/docs/plugins/reference.md"

type Part = { title: string; file: string; only?: readonly string[] }
/** What plugins may use, in the order they meet it. `only`: the rest of that file is the platform's own. */
const PARTS: readonly Part[] = [
  { title: "Manifest", file: "core/contracts/src/plugin-manifest.ts", only: ["CAPABILITIES", "Capability", "pluginId", "pluginVersion", "versionRange", "head", "PluginManifest", "PluginSettingsMigration", "definePlugin"] },
  { title: "Settings", file: "core/contracts/src/section-fields.ts" },
  { title: "Errors", file: "core/contracts/src/plugin-errors.ts" },
  { title: "Ports", file: "core/contracts/src/plugin-ports.ts" },
  { title: "Reaching the ports", file: "core/kernel/src/plugin-host/ports.ts", only: ["portsOf"] },
  { title: "Bodies and queries", file: "core/kernel/src/http/body.ts" },
  { title: "Who may call a route", file: "core/kernel/src/http/gates.ts", only: ["forShopStaff", "forShopStaffWithBody", "membersOnly", "maybeMember", "memberOf"] },
  { title: "One transaction", file: "core/kernel/src/unit-of-work/in-unit-of-work.ts", only: ["inUnitOfWork", "UnitOfWorkTooLong"] },
  { title: "Parts of the storefront", file: "storefront/kit/src/slots.ts", only: ["SlotProps", "SlotAsk", "SlotEntry", "PluginPages", "PluginStorefront", "definePluginStorefront", "definePluginPages"] },
  { title: "Pages and screens", file: "storefront/kit/src/plugin-page.ts" },
  ...["CopyAddress", "Countdown", "Empty", "Field", "Price", "ProblemNote", "Progress", "QrCode", "ShareButton"].map((name) => ({ title: name, file: `storefront/kit/src/parts/${name}.tsx` })),
  { title: "Live", file: "storefront/kit/src/parts/use-live.ts" },
  { title: "The shop's clock", file: "storefront/kit/src/parts/server-clock.ts" },
  { title: "Texts", file: "storefront/kit/src/use-translation.ts", only: ["useTranslation"] },
  { title: "A host for tests", file: "core/testing/src/plugin-host.ts" },
  { title: "Ports for tests", file: "core/testing/src/plugin-ports-double.ts" },
]

const upTo = (source: ts.SourceFile, node: ts.Node, end: ts.Node): string => source.text.slice(node.getStart(source), end.getStart(source)).replace(/\s*(?:=>)?\s*$/, "")
const isHidden = (member: ts.ClassElement) => ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)

const documented = (source: ts.SourceFile, member: ts.Node) => {
  const doc = docOf(source, member)
  return doc && `  /** ${doc} */\n`
}

/** A declaration without what it does. */
function signature(source: ts.SourceFile, node: ts.Statement): string {
  if (ts.isFunctionDeclaration(node) && node.body) return upTo(source, node, node.body)
  if (ts.isVariableStatement(node)) {
    const made = node.declarationList.declarations[0]?.initializer
    if (made && ts.isArrowFunction(made)) return upTo(source, node, made.body)
  }
  if (ts.isClassDeclaration(node)) {
    const members = node.members.filter((member) => !isHidden(member)).map((member) => {
      if (ts.isPropertyDeclaration(member) && member.type && member.initializer) return `${documented(source, member)}  ${source.text.slice(member.getStart(source), member.type.end)}`
      const body = "body" in member ? (member.body as ts.Node | undefined) : undefined
      return `${documented(source, member)}  ${body ? upTo(source, member, body) : member.getText(source)}`
    })
    const [first] = node.members
    return `${first ? source.text.slice(node.getStart(source), first.getFullStart()) : node.getText(source)}\n${members.join("\n")}\n}`
  }
  return node.getText(source)
}

const docOf = (source: ts.SourceFile, node: ts.Node): string =>
  ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).map((doc) => doc.getText(source).replace(/^\/\*\*|\*\/$/g, "").replace(/^\s*\* ?/gm, "").replace(/\s+/g, " ").trim()).join(" ")

function nameOf(node: ts.Statement): string | undefined {
  if (ts.isVariableStatement(node)) {
    const name = node.declarationList.declarations[0]?.name
    return name && ts.isIdentifier(name) ? name.text : undefined
  }
  return ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node) ? node.name?.text : undefined
}

const isExported = (node: ts.Statement) => ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

/** The declarations of a file that plugins may use, each with its words. Throws an Error for a name of `only` that is not there. */
export function declarationsOf(text: string, file: string, only?: readonly string[]): { name: string; doc: string; code: string }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found = source.statements.flatMap((node) => {
    const name = nameOf(node)
    return name && (only ? only.includes(name) : isExported(node)) ? [{ name, doc: docOf(source, node), code: signature(source, node) }] : []
  })
  const missing = only?.find((name) => !found.some((each) => each.name === name))
  if (missing) throw new Error(`${file} declares no ${missing}`)
  return found
}

const HEAD = `# What plugins may use

Made from the platform's source by \`npm run fangshi -- reference\`; \`npm run check\` fails where it is out of date. What stands here keeps its
meaning: [compatibility](compatibility.md) says how long. What does not stand here may change any day.
`

const section = (rootDir: string, { title, file, only }: Part): string =>
  [`## ${title}`, `\`${file}\``, ...declarationsOf(readFileSync(path.join(rootDir, file), "utf8"), file, only).map(({ name, doc, code }) => [`### ${name}`, doc, `\`\`\`ts\n${code}\n\`\`\``].filter(Boolean).join("\n\n"))].join("\n\n")

const refusals = (): string =>
  ["## Codes of refusal", "Of the host itself; those of Medusa and of other plugins come beside them.", ["| code | status | text | hint |", "| --- | --- | --- | --- |", ...Object.entries(ERRORS).filter(([code]) => /^(?:PLUGIN|STOCK|REQUEST|TENANT)_/.test(code)).map(([code, { status, text, hint }]) => `| \`${code}\` | ${status} | ${text.en} | ${hint.en} |`)].join("\n")].join("\n\n")

/** The reference as the source says it now. */
export const referenceText = (rootDir: string): string => `${[HEAD.trimEnd(), ...PARTS.map((part) => section(rootDir, part)), refusals()].join("\n\n")}\n`

export const referenceStep: CheckStep = {
  name: "reference",
  run: (rootDir) => {
    const file = path.join(rootDir, REFERENCE)
    const current = existsSync(file) && readFileSync(file, "utf8") === referenceText(rootDir)
    return Promise.resolve({ problems: current ? [] : [`${REFERENCE} 已过时 is out of date → npm run fangshi -- reference`] })
  },
}
