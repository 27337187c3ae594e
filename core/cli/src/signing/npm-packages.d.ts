/** What is used of npm's own packages, which bring no types. */
declare module "npm-packlist" {
  type Tree = { path: string; package: Record<string, unknown>; isProjectRoot: boolean; edgesOut: Map<string, unknown> }
  export default function packlist(tree: Tree): Promise<string[]>
}
declare module "pacote" {
  type Options = { registry?: string; cache: string }
  const pacote: {
    manifest: (spec: string, options: Options) => Promise<{ name: string; version: string; _integrity?: string }>
    tarball: (spec: string, options: Options & { integrity?: string }) => Promise<Buffer>
  }
  export default pacote
}
