import { readFileSync, statSync } from "node:fs"
import path from "node:path"
import { FangshiError, type SeedCatalogue, type TenantManifest, seedCatalogue, tenantManifest } from "@fangshi/contracts"
import { type Document, LineCounter, isNode, parseDocument } from "yaml"
import type { z } from "zod"

/** Larger than any honest catalogue; keeps a hostile file from filling the memory. */
const MOST_BYTES = 20 * 1024 * 1024

type Read = { document: Document; lines: LineCounter; value: unknown }

function readYaml(file: string): Read {
  const shown = path.basename(path.dirname(file)) + "/" + path.basename(file)
  let text: string
  try {
    if (statSync(file).size > MOST_BYTES) throw new Error(`more than ${MOST_BYTES / 1024 / 1024} MiB`)
    text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new FangshiError("MANIFEST_UNREADABLE", { file: shown, problem: code === "ENOENT" ? "not found" : code ?? (error instanceof Error ? error.message : "unreadable") })
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, maxAliasCount: 0 } as never)
  const first = document.errors[0]
  if (first) throw new FangshiError("MANIFEST_INVALID", { file: shown, line: first.linePos?.[0].line ?? 1, field: "yaml", problem: first.message.split("\n")[0] ?? "" })
  try {
    return { document, lines, value: document.toJS({ maxAliasCount: 0 }) as unknown }
  } catch (error) {
    throw new FangshiError("MANIFEST_UNREADABLE", { file: shown, problem: error instanceof Error ? error.message : "unreadable" })
  }
}

/** The line of the field, or of the nearest thing around it that is written down. */
function lineOf({ document, lines }: Read, fieldPath: PropertyKey[]): number {
  for (let depth = fieldPath.length; depth >= 0; depth--) {
    const node = document.getIn(fieldPath.slice(0, depth), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function validate<S extends z.ZodType>(file: string, schema: S, code: "MANIFEST_INVALID" | "CATALOGUE_INVALID"): z.output<S> {
  const read = readYaml(file)
  const parsed = schema.safeParse(read.value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const unknown = issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : (issue?.path ?? [])
  throw new FangshiError(code, {
    file: path.basename(path.dirname(file)) + "/" + path.basename(file),
    line: lineOf(read, unknown),
    field: unknown.map(String).join(".") || "(root)",
    problem: issue?.message ?? "invalid",
  })
}

/** Reads and checks tenants/<id>/tenant.yaml. Throws MANIFEST_UNREADABLE, MANIFEST_INVALID (file, line, field), HOST_DUPLICATE. */
export function readManifest(folder: string): TenantManifest {
  const manifest = validate(path.join(folder, "tenant.yaml"), tenantManifest, "MANIFEST_INVALID")
  const twice = manifest.hosts.find((host, i) => manifest.hosts.indexOf(host) !== i)
  if (twice) throw new FangshiError("HOST_DUPLICATE", { host: twice })
  return manifest
}

/** Reads and checks the catalogue a manifest names, or null where it names none. Throws CATALOGUE_INVALID. */
export function readCatalogue(folder: string, manifest: TenantManifest): SeedCatalogue | null {
  if (!manifest.catalogue) return null
  const file = path.join(folder, manifest.catalogue)
  const catalogue = validate(file, seedCatalogue, "CATALOGUE_INVALID")
  const fault = inconsistency(catalogue)
  if (fault) throw new FangshiError("CATALOGUE_INVALID", { file: path.basename(folder) + "/" + manifest.catalogue, line: lineOf(readYaml(file), fault.at), field: fault.at.map(String).join("."), problem: fault.problem })
  return catalogue
}

type Fault = { at: PropertyKey[]; problem: string }

/** What a schema of single fields cannot see. */
function inconsistency(catalogue: SeedCatalogue): Fault | null {
  const categories = new Set<string>()
  for (const [i, category] of catalogue.categories.entries()) {
    if (categories.has(category.handle)) return { at: ["categories", i, "handle"], problem: `category ${category.handle} stands twice` }
    if (category.parent && !categories.has(category.parent)) return { at: ["categories", i, "parent"], problem: `parent ${category.parent} must stand before its child` }
    categories.add(category.handle)
  }
  const handles = new Set<string>()
  const skus = new Set<string>()
  for (const [i, product] of catalogue.products.entries()) {
    const at = (...rest: PropertyKey[]): PropertyKey[] => ["products", i, ...rest]
    if (handles.has(product.handle)) return { at: at("handle"), problem: `product ${product.handle} stands twice` }
    handles.add(product.handle)
    if (!categories.has(product.category)) return { at: at("category"), problem: `there is no category ${product.category}` }
    for (const [v, variant] of product.variants.entries()) {
      if (skus.has(variant.sku)) return { at: at("variants", v, "sku"), problem: `SKU ${variant.sku} stands twice` }
      skus.add(variant.sku)
      if (variant.values.length !== product.options.length) return { at: at("variants", v, "values"), problem: `needs ${product.options.length} values, one for each option` }
      const unknown = variant.values.findIndex((value, o) => !product.options[o]?.values.includes(value))
      if (unknown >= 0) return { at: at("variants", v, "values", unknown), problem: `${variant.values[unknown] ?? ""} is no value of this option` }
    }
  }
  return null
}
