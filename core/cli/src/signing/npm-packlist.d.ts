/** What is used of npm-packlist, which brings no types. */
declare module "npm-packlist" {
  type Tree = { path: string; package: Record<string, unknown>; isProjectRoot: boolean; edgesOut: Map<string, unknown> }
  export default function packlist(tree: Tree): Promise<string[]>
}
