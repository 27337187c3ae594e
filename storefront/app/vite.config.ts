import path from "node:path"
import { reactRouter } from "@react-router/dev/vite"
import { defineConfig } from "vite"
import { compressedAssets } from "./bundler/compressed-assets"
import { lateScripts } from "./bundler/late-scripts"
import { leanRouter } from "./bundler/lean-router"
import { partGroup, pluginParts } from "./bundler/plugin-parts"
import { reactModules } from "./bundler/react-modules"

export default defineConfig({
  plugins: [reactModules(), leanRouter(), reactRouter(), pluginParts(path.resolve(import.meta.dirname, "../..")), lateScripts(), compressedAssets()],
  environments: {
    client: {
      build: {
        // What every page needs comes in one piece: over a slow network each request costs more than its bytes.
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: "libraries", test: /fangshi-module:|node_modules\/(?:react|scheduler|i18next)/ },
                { name: "kit", test: /storefront\/kit\/src\/(?!assert-parts)|core\/contracts\/src\/|preload-helper|app\/app\/(?:themes|language|Sections|share\/meta|StyleSheet|plugin-pages\/refusal-in|install\/install-offer)\.tsx?$/ },
                partGroup(path.resolve(import.meta.dirname, "../..")),
                { name: "reviews", test: /app\/app\/(?:reviews\/(?:ReviewItem|Stars)|pictures\/Pictures)\.tsx/ },
              ],
            },
          },
        },
      },
    },
  },
  // Workspace packages are TypeScript: the server bundle takes them in.
  ssr: { noExternal: [/^@fangshi\//] },
  resolve: { dedupe: ["react", "react-dom", "react-router", "i18next"] },
})
