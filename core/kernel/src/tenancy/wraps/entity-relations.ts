import { GraphQLUtils } from "@medusajs/framework/utils"
import { type SeamUse, type Wrap, expectSeam, medusaInternal, wrapMethod } from "../seam"

type Relations = Map<string, Map<string, string>>

const { Kind, parse } = GraphQLUtils
const namedType = (type: GraphQLUtils.TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type))

/** What a text of types says of entities that hold entities, as Medusa reads it out of a built schema: by type, field and type of the field. */
export function relationsOf(text: string): Relations {
  const { definitions } = parse(text, { noLocation: true })
  const types = definitions.filter((one) => one.kind === Kind.OBJECT_TYPE_DEFINITION)
  const relations: Relations = new Map(types.map((type) => [type.name.value, new Map<string, string>()]))
  for (const type of [...types, ...definitions.filter((one) => one.kind === Kind.OBJECT_TYPE_EXTENSION)]) {
    for (const field of type.fields ?? []) {
      const to = namedType(field.type)
      if (relations.has(to)) relations.get(type.name.value)?.set(field.name.value, to)
    }
  }
  return relations
}

type Schema = { getTypeMap: () => object }
type Graph = {
  cleanGraphQLSchema: (text: string) => { schema: string; notFound: object }
  mergeTypeDefs: (text: string) => unknown
  makeExecutableSchema: (options: { typeDefs: unknown }) => Schema
  extractRelationsFromGQL: (types: object) => Relations
}
let use: SeamUse = { calls: 0 }

/** Is itself built when the first of it is asked for. */
function late<T extends object>(build: () => T, known: Partial<T> = {}): T {
  let built: T | undefined
  return new Proxy(known as T, {
    get: (_known, name) => Reflect.get(name in known ? known : (built ??= build()), name) as unknown,
    has: (_known, name) => name in (built ??= build()),
    ownKeys: () => Reflect.ownKeys((built ??= build())),
    getOwnPropertyDescriptor: (_known, name) => {
      const found = Reflect.getOwnPropertyDescriptor((built ??= build()), name)
      return found && { ...found, configurable: true }
    },
  })
}

function readOnly(own: Graph): Graph {
  /** The texts of what is not built yet. */
  const texts = new WeakMap<object, string>()
  const changed: Graph = {
    cleanGraphQLSchema: (text: string) => ({ schema: text, notFound: late(() => own.cleanGraphQLSchema(text).notFound) }),
    mergeTypeDefs: (text: unknown) => (typeof text === "string" ? text : own.mergeTypeDefs(text as string)),
    makeExecutableSchema: (options: { typeDefs: unknown }) => {
      const text = options.typeDefs
      if (typeof text !== "string") return own.makeExecutableSchema(options)
      const schema = () => own.makeExecutableSchema({ typeDefs: own.mergeTypeDefs(own.cleanGraphQLSchema(text).schema) })
      const types = late(() => schema().getTypeMap())
      texts.set(types, text)
      return late(schema, { getTypeMap: () => types })
    },
    extractRelationsFromGQL: (types: object) => {
      const text = texts.get(types)
      return text === undefined ? own.extractRelationsFromGQL(types) : relationsOf(text)
    },
  }
  // What it inherits has getters only.
  return Object.create(own, Object.getOwnPropertyDescriptors(changed)) as Graph
}

/** Each start checked, merged, built and checked again a schema of all entities, of which one thing is taken. */
export const entityRelations: Wrap = {
  name: "entity-relations",
  reason: "Half a second of every start went into a GraphQL schema that only tells which entity holds which; that is read out of its text.",
  seam: "@medusajs/utils bundles.js GraphQLUtils cleanGraphQLSchema, mergeTypeDefs, makeExecutableSchema, extractRelationsFromGQL",
  beforeLoad: () => {
    const bundles = medusaInternal<{ GraphQLUtils: Graph }>("@medusajs/utils", "bundles.js")
    if (!Object.hasOwn(bundles.GraphQLUtils, "extractRelationsFromGQL")) return
    const replacement = readOnly(bundles.GraphQLUtils)
    use = wrapMethod(entityRelations.seam, replacement, "extractRelationsFromGQL", (original) => original)
    bundles.GraphQLUtils = replacement
  },
  verify: () => {
    expectSeam(use.calls > 0, "Medusa learns elsewhere which entity holds which")
    const graph = GraphQLUtils as unknown as Graph
    const { schema } = graph.cleanGraphQLSchema("type Shop { id: ID! shelves: [Shelf]! gone: Gone } type Shelf { id: ID! } extend type Shelf { shop: Shop } extend type Gone { shop: Shop }")
    const found = graph.extractRelationsFromGQL(graph.makeExecutableSchema({ typeDefs: graph.mergeTypeDefs(schema) }).getTypeMap())
    expectSeam(JSON.stringify([...found].map(([type, fields]) => [type, ...fields])) === '[["Shop",["shelves","Shelf"]],["Shelf",["shop","Shop"]]]', "the relations of entities are read otherwise")
  },
}
