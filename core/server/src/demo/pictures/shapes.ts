import type { Shape } from "./easel"
import { freshShapes } from "./fresh"
import { garageShapes } from "./garage"
import { packShapes } from "./packs"
import { partyShapes } from "./party"
import { produceShapes } from "./produce"
import { wareShapes } from "./wares"

/** Every shape that a catalogue may name, by its name. */
export const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries({ ...produceShapes, ...freshShapes, ...packShapes, ...wareShapes, ...partyShapes, ...garageShapes }))

/** The names a product's picture may use, in alphabetical order. */
export const shapeNames: readonly string[] = [...shapes.keys()].sort()
