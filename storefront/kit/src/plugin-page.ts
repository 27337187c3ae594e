import type { Duty, Locale, LocalizedText, Role } from "@fangshi/contracts"
import type { ComponentType } from "react"

/** Why the shop API refused, in both languages, with what to do. */
export type Refusal = { code: string; text: LocalizedText; hint: LocalizedText }

/** Thrown by `get` and `post` where the shop API refuses. Left alone in `act` it becomes the page's `problem`, in `load` the error page. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly refusal: Refusal,
  ) {
    super(`${refusal.code}: ${refusal.text.en}`)
    this.name = "Refused"
  }
}

/** A refusal in the visitor's language. */
export type Problem = { code: string; text: string; hint: string }

/** What a page may use while it is made, on the server. Texts of `params` are not encoded: encode them where they go into a path. */
export type PageAsk = {
  locale: Locale
  /** The shop's, as in Asia/Shanghai. */
  time_zone: string
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** The shop's own address, e.g. for a link that is passed on. */
  origin: string
  /** Reads the shop API as this visitor; a path begins with /store/, in the workbench with /admin/. Throws Refused. */
  get: <T>(path: string) => Promise<T>
}

/** Whether somebody is signed in; the API alone says who, and whether it still holds. */
export type ShopAsk = PageAsk & { signed_in: boolean }
export type DeskAsk = PageAsk & { role: Role }

/** What a form that was sent may use. `post` throws Refused. */
export type Sent<A extends PageAsk> = A & { form: FormData; post: <T>(path: string, body?: object) => Promise<T> }

/** Where `act` leads to. */
export class Way {
  constructor(readonly to: string) {}
}

/** What `act` returns where another page is next; an address within the shop, beginning with a slash. */
export const goTo = (to: string): Way => new Way(to)

/**
 * What a page's component gets. `data`: what load brought; `result`: what act returned; `typed`: the texts of the form that
 * was refused; `busy`: a form is on its way.
 */
export type PageProps<D = unknown, R = unknown> = { data: D; params: Readonly<Record<string, string>>; result: R | null; problem: Problem | null; typed: Readonly<Record<string, string>>; busy: boolean }

export type PageHead = { title?: string; description?: string; picture?: string | null }

type Common<A extends PageAsk> = {
  /** As entries/:id; empty for the first page. */
  path: string
  /** Key of a text of the plugin's. */
  title: string
  /** null: there is no such page. */
  load?: (ask: A) => Promise<unknown>
  /** Does what a form asks for; without it the page takes none. */
  act?: (sent: Sent<A>) => Promise<unknown>
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- data and result are whatever this page's own load and act brought
  component: ComponentType<PageProps<any, any>>
  /** Addresses of style sheets of this page alone, imported with ?url. */
  styles?: readonly string[]
}

/** A page of the shop, at /x/<plugin>/<path>. */
export type PluginPage = Common<ShopAsk> & {
  /** Visitors sign in first. */
  signedIn?: boolean
  /** What search engines and messengers read; the title and the shop's words without it. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
  head?: (told: { data: any; locale: Locale; t: (key: string, values?: Record<string, unknown>) => string }) => PageHead
}

/** A screen of the workbench, at /workbench/x/<plugin>/<path>. */
export type WorkbenchScreen = Common<DeskAsk> & {
  /** Others of the staff neither see nor open it. The API has to ask for itself. */
  duty?: Duty
  /** Whether the workbench's navigation leads to it; those whose path has no parameter, without it. */
  nav?: boolean
}

/**
 * An answer of the shop API that browsers may fetch as this visitor: a file, or a stream of events. At /x-data/<plugin>/<path>,
 * in the workbench at /workbench/x-data/<plugin>/<path>. The query comes along.
 */
export type PluginRelay = { path: string; to: string; desk?: boolean }
