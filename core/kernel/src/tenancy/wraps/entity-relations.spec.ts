import { GraphQLUtils } from "@medusajs/framework/utils"
import { relationsOf } from "./entity-relations"

/** As modules and links write their types: in pieces, some of them twice, some about what is not there. */
const TEXT = `
  scalar DateTime
  scalar DateTime
  enum Kind { small large }
  type Shop { id: ID! kind: Kind opened: DateTime shelves: [Shelf!]! gone: Missing }
  type Shelf { id: ID! above: Shelf }
  type Shelf { id: ID! boxes: [Box] }
  type Box { id: ID! }
  extend type Shelf { shop: Shop }
  extend type Missing { shop: Shop }
  extend type Box { lid: Missing size: Int }
`

it("the relations of entities are those that Medusa reads out of the schema it builds", () => {
  const { schema } = GraphQLUtils.cleanGraphQLSchema(TEXT)
  const types = GraphQLUtils.makeExecutableSchema({ typeDefs: GraphQLUtils.mergeTypeDefs(schema) }).getTypeMap()
  const theirs = [...GraphQLUtils.extractRelationsFromGQL(types as never)].filter(([type]) => !type.startsWith("__"))
  const plain = (relations: Iterable<[string, Map<string, string>]>) => Object.fromEntries([...relations].map(([type, fields]) => [type, Object.fromEntries(fields)]))
  expect(plain(relationsOf(TEXT))).toEqual(plain(theirs))
  expect(plain(relationsOf(TEXT))).toEqual({ Shop: { shelves: "Shelf" }, Shelf: { above: "Shelf", boxes: "Box", shop: "Shop" }, Box: {} })
})
