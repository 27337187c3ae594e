import { StrictMode, startTransition } from "react"
import { hydrateRoot } from "react-dom/client"
import { HydratedRouter } from "react-router/dom"
import type { Locale } from "@fangshi/contracts"
import { awaitInstallOffer } from "./install/install-offer"
import { completePlugin } from "./plugins"
import { loadTexts } from "./texts"
import { loadTheme } from "./themes"

/** One whose script does not come, or breaks at once, is not shown: the page comes alive without it. */
async function loadPlugin({ dataset: { plugin = "" }, href }: HTMLLinkElement) {
  try {
    await import(/* @vite-ignore */ href)
    if (plugin === shownPlugin) await completePlugin(plugin)
  } catch (error) {
    reportError(error)
  }
}

awaitInstallOffer()
// The page came with the names of its language, theme and plugins: what it is made of must be there before React looks at it.
const parts = [...document.querySelectorAll<HTMLLinkElement>("link[data-plugin]")]
const shownPlugin = document.querySelector<HTMLElement>("[data-plugin-page]")?.dataset.pluginPage?.split(" ")[0]
const { lang, dataset } = document.documentElement
await Promise.all([loadTheme(dataset.theme ?? "default"), loadTexts(lang as Locale), ...parts.map(loadPlugin)])
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  )
})

// After everything the page itself needs: a worker is for the visits to come.
const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1_000))
async function keepWorker(): Promise<void> {
  await navigator.serviceWorker.register("/sw.js")
  await (await caches.open("fangshi.language")).put("/language", new Response(document.documentElement.lang))
}
const whenIdle = () => idle(() => void ("serviceWorker" in navigator && keepWorker().catch(() => undefined)))
if (document.readyState === "complete") whenIdle()
else addEventListener("load", whenIdle)
