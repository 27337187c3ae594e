import { z } from "zod"
import { type LocalizedText, localizedText } from "./localized"
import { type Fault, checkValue } from "./schema-faults"
import { type PageDocument, type PageSection, pageDocument } from "./page-document"
import { MAIN_SECTION, type PageKind, needsMain } from "./page-kinds"

/** What of the catalogue a section shows. */
export type SectionQuery = {
  products?: {
    category?: string
    handles?: string[]
    order?: "recommended" | "newest"
    /** Only those that cost less now than their former price says. */
    reduced?: boolean
    limit: number
  }
  /** The first `limit` top categories after those skipped, each with its first `products` products. */
  categories?: { skip?: number; limit: number; products: number }
}

export type SectionSettings = z.ZodObject

/** A building block of pages. `settings` makes the console's form and refuses what does not fit; each setting has a start. */
export type SectionDefinition<S extends SectionSettings = SectionSettings> = {
  title: LocalizedText
  /** Pages on which it may stand. */
  pages: readonly PageKind[]
  /** How often on one page; any number without it. */
  most?: number
  settings: S
  query?: (settings: z.output<S>) => SectionQuery
}

/** Brings stored settings of a section to what `to` expects. Runs for pages of every version before it. */
export type SettingsMigration = { to: string; section: string; rename?: string; migrate?: (settings: Record<string, unknown>) => Record<string, unknown> }

const tokens = z.record(z.string().regex(/^[a-z0-9-]+$/), z.string().max(200).regex(/^[^;{}<>]*$/))

const head = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,40}$/),
  title: localizedText,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** The theme whose layouts, sections, texts and tokens this one starts from. */
  extends: z.string().regex(/^[a-z0-9-]{1,40}$/).optional(),
  /** Become CSS variables named --fs-<key>. */
  tokens,
  /** Those that differ on a dark screen. */
  dark: tokens.optional(),
})

/** themes/<name>/src/look.ts: what a page needs of a theme's words on itself. Apart from the rest, so that no browser fetches the checks of settings. */
export type ThemeLook = z.infer<typeof head>

/** themes/<name>/src/manifest.ts: all that a theme says of itself. Data only, so that the server can read it as well. */
export type ThemeManifest = ThemeLook & {
  sections: Record<string, SectionDefinition>
  /** What a page shows until the tenant publishes one. */
  pages: Partial<Record<PageKind, PageDocument>>
  migrations: readonly SettingsMigration[]
}

/** A section with its settings' type kept for the query. */
export const defineSection = <S extends SectionSettings>(definition: SectionDefinition<S>): SectionDefinition => definition as unknown as SectionDefinition

/** Checks a theme's own words. Throws a ZodError that names the field. */
export function defineTheme(manifest: Omit<ThemeManifest, "migrations"> & { migrations?: ThemeManifest["migrations"] }): ThemeManifest {
  const { sections, pages, migrations = [], ...own } = manifest
  return { ...head.parse(own), sections, pages, migrations }
}

/** A theme with all that it takes over from the themes it extends. Throws where a parent is missing or they go in a circle. */
export function resolveTheme(name: string, find: (name: string) => ThemeManifest | undefined, seen: readonly string[] = []): ThemeManifest {
  const own = find(name)
  if (!own) throw new Error(`There is no theme ${name}${seen.length ? `, which ${seen.at(-1)} extends` : ""}`)
  if (seen.includes(name)) throw new Error(`Themes extend each other in a circle: ${[...seen, name].join(" → ")}`)
  if (!own.extends) return own
  const parent = resolveTheme(own.extends, find, [...seen, name])
  return {
    ...own,
    tokens: { ...parent.tokens, ...own.tokens },
    dark: { ...parent.dark, ...own.dark },
    sections: { ...parent.sections, ...own.sections },
    pages: { ...parent.pages, ...own.pages },
    migrations: [...parent.migrations, ...own.migrations],
  }
}

/** Checks a page against a theme. Returns it with every missing setting filled in, or the faults. */
export function checkDocument(theme: ThemeManifest, kind: PageKind, value: unknown): { document: PageDocument } | { faults: Fault[] } {
  const parsed = checkValue(pageDocument, value)
  if (!parsed.ok) return { faults: parsed.faults }
  const { sections } = parsed.value
  const faults: Fault[] = []
  const fault = (path: string, zh: string, en: string) => faults.push({ path, problem: { "zh-CN": zh, en } })
  const filled = sections.map((section, i): PageSection => {
    if (sections.findIndex((other) => other.id === section.id) < i) fault(`sections.${i}.id`, `编号 ${section.id} 出现了两次`, `the id ${section.id} is there twice`)
    if (section.type === MAIN_SECTION && needsMain(kind)) return { ...section, settings: {} }
    const definition = theme.sections[section.type]
    if (!definition?.pages.includes(kind)) {
      fault(`sections.${i}.type`, `主题 ${theme.name} 在这种页面上没有 ${section.type}`, `${theme.name} has no section ${section.type} for this page`)
      return section
    }
    const settings = checkValue(definition.settings, section.settings, ["sections", String(i), "settings"])
    if (settings.ok) return { ...section, settings: settings.value }
    faults.push(...settings.faults)
    return section
  })
  const count = (type: string) => filled.filter((section) => section.type === type).length
  if (needsMain(kind) && count(MAIN_SECTION) !== 1) fault("sections", `必须有且只有一个 ${MAIN_SECTION}`, `needs the section ${MAIN_SECTION} exactly once`)
  for (const [type, { most }] of Object.entries(theme.sections)) if (most !== undefined && count(type) > most) fault("sections", `${type} 最多 ${most} 个`, `${type} may stand here ${most} times at most`)
  return faults.length ? { faults } : { document: { sections: filled } }
}

const isOlder = (version: string, than: string): boolean => {
  const [a, b] = [version, than].map((each) => each.split(".").map(Number))
  for (let i = 0; i < 3; i++) if ((a?.[i] ?? 0) !== (b?.[i] ?? 0)) return (a?.[i] ?? 0) < (b?.[i] ?? 0)
  return false
}

/** Brings a page that was made under an older version of the theme up to this one. What no migration names stays as it is. */
export function migrateDocument(theme: ThemeManifest, document: PageDocument, from: string): PageDocument {
  const due = theme.migrations.filter(({ to }) => isOlder(from, to)).sort((a, b) => (isOlder(a.to, b.to) ? -1 : 1))
  return {
    sections: document.sections.map((section) =>
      due.reduce((now, step) => (step.section === now.type ? { ...now, type: step.rename ?? now.type, settings: step.migrate ? step.migrate(now.settings) : now.settings } : now), section),
    ),
  }
}

/**
 * What is shown of a stored page: sections the theme has, with settings that fit. Others are kept in the store and left
 * out here: one broken section must not take a shop's page down.
 */
export function showableSections(theme: ThemeManifest, kind: PageKind, document: PageDocument): PageSection[] {
  return document.sections.flatMap((section) => {
    if (section.hidden) return []
    if (section.type === MAIN_SECTION) return needsMain(kind) ? [section] : []
    const definition = theme.sections[section.type]
    const settings = definition?.pages.includes(kind) ? definition.settings.safeParse(section.settings) : undefined
    return settings?.success ? [{ ...section, settings: settings.data }] : []
  })
}
