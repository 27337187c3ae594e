import path from "node:path"
import { reactRouter } from "@react-router/dev/vite"
import { defineConfig } from "vite"
import { compressedAssets } from "./bundler/compressed-assets"
import { lateScripts } from "./bundler/late-scripts"
import { pluginParts } from "./bundler/plugin-parts"

export default defineConfig({
  plugins: [reactRouter(), pluginParts(path.resolve(import.meta.dirname, "../..")), lateScripts(), compressedAssets()],
  environments: {
    client: {
      build: {
        // What every page needs comes in one piece: over a slow network each request costs more than its bytes.
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                { name: "libraries", test: /node_modules\/(?:react|scheduler|i18next)/ },
                { name: "kit", test: /storefront\/kit\/src\/(?!parts\/|assert-parts)|core\/contracts|preload-helper|app\/app\/(?:themes|language|Sections|share\/meta|install\/install-offer)\.tsx?$/ },
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
