import type { Locale } from "@fangshi/contracts"
import { type Problem, Refused, Way } from "@fangshi/storefront-kit"
import { data, redirect } from "react-router"
import { inTime } from "../in-time.server"
import { safeBack } from "../safe-back"

/** A page is not kept waiting longer by a plugin. */
const PATIENCE_MS = 15_000

type Answer = { result: unknown; problem: Problem | null; typed: Record<string, string> }

const inWords = ({ refusal: { code, text, hint } }: Refused, locale: Locale): Problem => ({ code, text: text[locale], hint: hint[locale] })

/** What a page's load brings. A refusal becomes the error page with its words; null, a page that is not there. `signIn`: where whoever is not signed in any more goes. */
export async function loadPart<A>(load: ((ask: A) => Promise<unknown>) | undefined, ask: A, locale: Locale, signIn: () => Promise<Response>): Promise<unknown> {
  try {
    const loaded = load ? await inTime(load(ask), PATIENCE_MS) : {}
    if (loaded === null) throw new Response("the plugin has no such page", { status: 404 })
    return loaded
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.status === 401) throw await signIn()
    throw data(inWords(error, locale), { status: error.status })
  }
}

/** What a page's act leads to: another page, a result, or the words of a refusal with what was typed. */
export async function actPart<S extends { form: FormData }>(act: ((sent: S) => Promise<unknown>) | undefined, sent: S, locale: Locale, signIn: () => Promise<Response>) {
  if (!act) throw new Response("this page takes no form", { status: 405 })
  const typed = Object.fromEntries([...sent.form].filter((field): field is [string, string] => typeof field[1] === "string"))
  try {
    const result = await act(sent)
    if (result instanceof Way) return redirect(safeBack(result.to))
    return data({ result: result ?? null, problem: null, typed: {} } satisfies Answer)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.status === 401) throw await signIn()
    return data({ result: null, problem: inWords(error, locale), typed } satisfies Answer, { status: error.status })
  }
}

export type { Answer }
