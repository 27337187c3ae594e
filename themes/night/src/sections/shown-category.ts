import type { ProductTile, SectionData } from "@fangshi/storefront-kit"

/** What a section of one category shows: the one that was chosen, or the one in its place. Only the latter brings its name. */
export function shownCategory({ category }: { category: string }, { tiles, rows }: SectionData): { tiles: ProductTile[]; name: string; handle: string } {
  const row = rows?.[0]
  return { tiles: tiles ?? row?.tiles ?? [], name: row?.category.name ?? "", handle: category || (row?.category.handle ?? "") }
}
