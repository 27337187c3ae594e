/**
 * Who may import whom. Every rule has a fixture of its own name in core/testing/fixtures/architecture that breaks it and
 * nothing else. Below `AT` a path reads the same in the real tree and in a fixture, which mirrors the tree.
 */
const AT = "(?:^(?!core/testing/fixtures/)|^core/testing/fixtures/architecture/[^/]+/)"
const ROOMS = "(?:core|plugins|themes|tenants|admin|storefront)"
// Tests may start the whole host, whatever layer they belong to.
const TEST = "(?:/test/|\\.spec\\.tsx?$)"

const at = (...paths) => paths.map((path) => AT + path)

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "contracts-import-only-zod",
      comment: "Contracts run in the browser and in the server: they may import zod and each other.",
      severity: "error",
      from: { path: at("core/contracts/"), pathNot: TEST },
      to: { pathNot: [...at("core/contracts/"), "node_modules/zod/"] },
    },
    {
      name: "kernel-imports-only-contracts",
      comment: "The kernel knows no commerce: of our own packages it may import contracts.",
      severity: "error",
      from: { path: at("core/kernel/"), pathNot: TEST },
      to: { path: at(`${ROOMS}/`), pathNot: at("core/(?:kernel|contracts)/") },
    },
    {
      name: "plugin-imports-only-the-contract-of-another",
      comment: "Deleting a plugin must leave the others green: import its src/contract, nothing else.",
      severity: "error",
      from: { path: at("plugins/([^/]+)/") },
      to: { path: at("plugins/"), pathNot: at("plugins/$1/", "plugins/[^/]+/src/contract/") },
    },
    {
      name: "plugin-contract-is-pure",
      comment: "A plugin's contract is read by browsers and by other plugins: zod, contracts and other plugins' contracts only.",
      severity: "error",
      from: { path: at("plugins/([^/]+)/src/contract/"), pathNot: TEST },
      to: { pathNot: [...at("plugins/[^/]+/src/contract/", "core/contracts/"), "node_modules/zod/"] },
    },
    {
      name: "plugin-interface-imports-no-server",
      comment: "What a plugin shows in a browser must not pull its server parts, the kernel or the server into the bundle.",
      severity: "error",
      from: { path: at("plugins/[^/]+/src/(?:storefront|console)/"), pathNot: TEST },
      to: { path: at("core/(?!contracts/)", "plugins/[^/]+/src/(?!storefront/|console/|contract/|locales/)") },
    },
    {
      name: "plugin-interface-imports-no-node",
      comment: "A browser has no modules of Node: what is there of one in the bundle costs every page a request and does nothing.",
      severity: "error",
      from: { path: at("plugins/[^/]+/src/(?:storefront|console)/"), pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-imports-no-plugin",
      comment: "Plugins register themselves; only the composition root core/server/src/plugins.ts names them.",
      severity: "error",
      from: { path: at("core/"), pathNot: at("core/server/src/plugins\\.ts$") },
      to: { path: at("plugins/") },
    },
    {
      name: "core-imports-no-theme-or-admin",
      comment: "The core serves any theme and any console: it must not know one by name.",
      severity: "error",
      from: { path: at("core/") },
      to: { path: at("(?:themes|admin)/") },
    },
    {
      name: "core-imports-storefront-only-at-the-front-door",
      comment: "Only core/server/src/front-door hands requests to the storefront.",
      severity: "error",
      from: { path: at("core/"), pathNot: at("core/server/src/front-door(?:/|\\.ts$)") },
      to: { path: at("storefront/") },
    },
    {
      name: "theme-imports-only-contracts-and-kit",
      comment: "A theme reaches plugins by the name of a slot, and the shop through the kit.",
      severity: "error",
      from: { path: at("themes/"), pathNot: TEST },
      to: { path: at("(?:plugins|core|admin|storefront)/"), pathNot: at("core/contracts/", "storefront/kit/") },
    },
    {
      name: "kit-imports-only-contracts",
      comment: "Kits are the ground under plugins, themes and apps: of our own packages they may import contracts.",
      severity: "error",
      from: { path: at("(storefront|admin)/kit/"), pathNot: TEST },
      to: { path: at(`${ROOMS}/`), pathNot: at("$1/kit/", "core/contracts/") },
    },
    {
      name: "app-imports-no-server",
      comment: "Apps talk to the server over HTTP; of a plugin they may import its interface, contract and texts.",
      severity: "error",
      from: { path: at("(?:storefront|admin)/app/"), pathNot: TEST },
      to: { path: at("core/(?!contracts/)", "plugins/[^/]+/src/(?!storefront/|console/|contract/|locales/)") },
    },
    {
      name: "tenants-hold-no-code",
      comment: "A tenant is data, applied by `fangshi tenant apply`; behaviour belongs into a plugin or a theme.",
      severity: "error",
      // Any module has fewer dependents than this, so each one found below tenants/ is reported, imported or not.
      module: { path: at("tenants/"), numberOfDependentsLessThan: 100 },
      from: {},
    },
    {
      name: "no-circular-import",
      comment: "Two files that need each other are one file, or need a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-relative-import-out-of-a-package",
      comment: "Import another package by its name; a relative path into it breaks when either moves.",
      severity: "error",
      from: { path: at(`(${ROOMS}/[^/]+)/`) },
      to: { dependencyTypes: ["local"], dependencyTypesNot: ["aliased"], pathNot: at("$1/") },
    },
    {
      name: "no-enterprise-edition",
      comment: "Medusa installs these proprietary packages; our licence does not allow loading them.",
      severity: "error",
      from: {},
      to: {
        path: "(?:^|node_modules/)@medusajs/(?:rbac|auth-oidc)(?:/|$)|node_modules/@medusajs/medusa/dist/modules/(?:rbac|auth-oidc)\\.js$",
      },
    },
    {
      name: "no-unresolved-import",
      comment: "An import that cannot be followed would slip past every rule above.",
      severity: "error",
      from: {},
      // What the bundler of the storefront makes up: virtual modules, typed routes, ?url and ?raw imports.
      to: { couldNotResolve: true, pathNot: ["^virtual:", "/\\+types/", "\\?(?:url|raw|inline)$", "^@medusajs/(?:rbac|auth-oidc)(?:/|$)"] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: "node_modules" },
    // Our own build output, not that of the packages we import. The check adds fixtures/, which a run over the fixtures must not.
    exclude: { path: "^(?!.*node_modules/).*/(?:dist|build|coverage|\\.react-router|\\.medusa|\\.data)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
}
