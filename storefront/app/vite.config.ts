import { reactRouter } from "@react-router/dev/vite"
import { defineConfig } from "vite"

export default defineConfig({
  plugins: [reactRouter()],
  // Workspace packages are TypeScript: the server bundle takes them in.
  ssr: { noExternal: [/^@fangshi\//] },
  resolve: { dedupe: ["react", "react-dom", "react-router", "react-i18next", "i18next"] },
})
