import { randomBytes } from "node:crypto"
import type { KeptPlace, MarkupKeeper } from "@fangshi/storefront-kit"

/** Drawn anew by each process: nobody can write a mark into a text of a shop. */
const SECRET = randomBytes(12).toString("hex")
const markup = (mark: string) => `<template data-mark="${mark}"></template>`
const MARKS = new RegExp(markup(`${SECRET}-(\\w+)`), "g")
/** React counts these by their place in the page: elsewhere they are wrong. */
const OWN_ID = /"[^"]*:R\w*:[^"]*"/

/** What was made of an object, by variant. null: shown once; most are never shown again, and not worth cutting out. */
const kept = new WeakMap<object, Map<string, string | null>>()

type Begun = { parts: Map<string, string | null>; variant: string; number: number }

/** Puts parts of one page from memory, and remembers those that the page made. */
export function keepMarkup(): MarkupKeeper & { fill: (html: string) => string } {
  const known: string[] = []
  const begun: Begun[] = []

  function place(of: object, variant: string): KeptPlace | null {
    let parts = kept.get(of)
    if (!parts) kept.set(of, (parts = new Map()))
    const before = parts.get(variant)
    if (before === undefined) {
      parts.set(variant, null)
      return null
    }
    if (before !== null) return { known: `${SECRET}-k${known.push(before) - 1}` }
    const number = begun.length
    begun.push({ parts, variant, number })
    return { begin: `${SECRET}-b${number}`, end: `${SECRET}-e${number}` }
  }

  function remember(html: string, { parts, variant, number }: Begun) {
    const begin = markup(`${SECRET}-b${number}`)
    const [from, to] = [html.indexOf(begin), html.indexOf(markup(`${SECRET}-e${number}`))]
    if (from < 0 || to < from) return
    const part = html.slice(from + begin.length, to)
    if (!OWN_ID.test(part) && !part.includes(SECRET)) parts.set(variant, part)
  }

  return {
    place,
    fill: (html) => {
      for (const part of begun) remember(html, part)
      return html.replace(MARKS, (_mark, name: string) => (name.startsWith("k") ? (known[Number(name.slice(1))] ?? "") : ""))
    },
  }
}
