type OwnerOf = (file: string) => string | null

/** The plugin whose file stands first in the stack, or null. */
export function ownerInStack(stack: string | undefined, ownerOf: OwnerOf): string | null {
  for (const line of stack?.split("\n") ?? []) {
    const file = /\(?(?:file:\/\/)?((?:\/|[A-Z]:\\)[^:)]+\.[cm]?[jt]sx?)/.exec(line)?.[1]
    const owner = file ? ownerOf(file) : null
    if (owner !== null) return owner
  }
  return null
}
