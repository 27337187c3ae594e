import { useState } from "react"

/** The same element in a page that came with the sheet in itself, as the server writes it into pages of all visitors (server/inline-styles.ts). */
const written = (href: string) => (typeof document === "undefined" ? undefined : document.querySelector(`style[data-href="${CSS.escape(href)}"]`)?.textContent)

/** A style sheet of the theme or a plugin. */
export function StyleSheet({ href }: { href: string }) {
  // Asked once: the element that was there is this one from then on.
  const [css] = useState(() => written(href))
  return css ? <style data-href={href} dangerouslySetInnerHTML={{ __html: css }} /> : <link rel="stylesheet" href={href} data-sheet="" />
}
