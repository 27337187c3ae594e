import { type ComponentType, Suspense, useEffect, useState } from "react"
import type { PageProps } from "@fangshi/storefront-kit"
import { useActionData, useLocation, useNavigation } from "react-router"
import { StyleSheet } from "../StyleSheet"
import { pluginsNamed } from "../plugins"
import type { Answer } from "./run-part.server"

type Shown = { kind: "pages" | "workbench"; plugin: string; at: number; data: unknown; params: Record<string, string> }

/** A page of a plugin's, among the shop's own. */
export function PluginPart({ shown: { kind, plugin, at, data, params } }: { shown: Shown }) {
  const { pathname } = useLocation()
  const answer = useActionData() as Answer | undefined
  const busy = useNavigation().state !== "idle"
  const part = pluginsNamed([plugin])[0]?.[1][kind]?.[at]
  const name = `${plugin} ${at}`
  if (!part) return <Unscripted name={name} />
  const Shown = part.component as ComponentType<PageProps>
  return (
    <div data-plugin-page={name} key={pathname}>
      {part.styles?.map((href) => <StyleSheet key={href} href={href} />)}
      {/* Its own script may come later than the page wakes up. */}
      <Suspense fallback={null}>
        <Shown data={data} params={params} result={answer?.result ?? null} problem={answer?.problem ?? null} typed={answer?.typed ?? {}} busy={busy} />
      </Suspense>
    </div>
  )
}

/** The plugin's script did not come: what the server made stays, and its forms work as they do without scripts. On the way from another page it comes anew. */
function Unscripted({ name }: { name: string }) {
  const [made] = useState(() => document.querySelector(`[data-plugin-page="${CSS.escape(name)}"]`)?.innerHTML)
  useEffect(() => {
    if (made === undefined) window.location.reload()
  }, [made])
  return <div data-plugin-page={name} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: made ?? "" }} />
}
