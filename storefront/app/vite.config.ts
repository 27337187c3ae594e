import path from "node:path"
import { reactRouter } from "@react-router/dev/vite"
import { defineConfig } from "vite"
import { pluginParts } from "./bundler/plugin-parts"

export default defineConfig({
  plugins: [reactRouter(), pluginParts(path.resolve(import.meta.dirname, "../.."))],
  // Workspace packages are TypeScript: the server bundle takes them in.
  ssr: { noExternal: [/^@fangshi\//] },
  resolve: { dedupe: ["react", "react-dom", "react-router", "react-i18next", "i18next"] },
})
