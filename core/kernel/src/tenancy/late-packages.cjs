/**
 * What a file of a package names at its top and a server never uses, or only with settings that few have: a quarter of
 * all modules that a start would load. By file below node_modules; another file that names the same loads it at once.
 */
const LATE = new Map([
  // Types only.
  ["@medusajs/framework/dist/types/index.js", ["@medusajs/types"]],
  ["@medusajs/framework/dist/utils/index.js", ["@medusajs/types"]],
  // Medusa's commands: migrations, generated types, questions on a terminal.
  ["@mikro-orm/migrations/Migrator.js", ["umzug"]],
  ["@medusajs/utils/dist/graphql/graphql-to-ts-types.js", ["@graphql-codegen/core", "@graphql-codegen/typescript"]],
  ["@medusajs/utils/dist/graphql/index.js", ["@graphql-tools/schema", "@graphql-tools/merge"]],
  ["@medusajs/medusa/dist/commands/db/sync-links.js", ["@inquirer/checkbox"]],
  // Medusa's own hosting.
  ["@medusajs/payment/dist/providers/payment-medusa/services/medusa-payments.js", ["stripe"]],
  ["@medusajs/auth/dist/providers/medusa-cloud-auth.js", ["jwks-rsa"]],
])

/** What can be asked of a package without using it. */
const shapeOf = (loaded) => ({ callable: typeof loaded === "function", esModule: loaded.__esModule === true, names: Object.keys(loaded) })

/** Stands for a package until something of it is used. */
function latePackage({ callable, esModule, names }, load) {
  let loaded
  const real = () => (loaded ??= load())
  // A bound function can be called and constructed, and has nothing of its own that would have to be shown.
  const target = callable ? function () {}.bind() : {}
  for (const name of Reflect.ownKeys(target)) delete target[name]
  const known = new Set(names)
  return new Proxy(target, {
    get: (_target, name) => (name === "__esModule" ? esModule || undefined : real()[name]),
    set: (_target, name, value) => Reflect.set(real(), name, value),
    has: (_target, name) => known.has(name) || name in real(),
    ownKeys: () => names,
    getOwnPropertyDescriptor: (_target, name) => (known.has(name) ? { enumerable: true, configurable: true, get: () => real()[name] } : undefined),
    apply: (_target, self, args) => Reflect.apply(real(), self, args),
    construct: (_target, args) => Reflect.construct(real(), args),
  })
}

module.exports = { LATE, latePackage, shapeOf }
