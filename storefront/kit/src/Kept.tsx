import { type ReactNode, createContext, useContext } from "react"

/** How a part gets into a page: from memory in place of `mark`, or made and remembered from what stands between two marks. */
export type KeptPlace = { known: string } | { begin: string; end: string }

/** Remembers the markup of parts that many pages show alike. Only a server has one. */
export type MarkupKeeper = { place: (of: object, variant: string) => KeptPlace | null }

const Keeper = createContext<MarkupKeeper | null>(null)

export const MarkupKeeperProvider = Keeper.Provider

const Mark = ({ name }: { name: string }) => <template data-mark={name} />

/**
 * A part whose markup follows from `of` and `variant` alone: it reads nothing of the visitor, links to addresses that begin
 * with a slash, and has no id of React's own. Pages made for one visitor take it from memory as long as `of` lives.
 */
export function Kept({ of, variant, children }: { of: object; variant: string; children: ReactNode }) {
  const place = useContext(Keeper)?.place(of, variant)
  if (!place) return children
  if ("known" in place) return <Mark name={place.known} />
  return <><Mark name={place.begin} />{children}<Mark name={place.end} /></>
}
