import { StrictMode, startTransition } from "react"
import { hydrateRoot } from "react-dom/client"
import { HydratedRouter } from "react-router/dom"
import { loadTheme } from "./themes"

// The page came with its theme's name: what it is made of must be there before React looks at it.
await loadTheme(document.documentElement.dataset.theme ?? "default")
startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  )
})
