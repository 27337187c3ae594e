import { completePlugin } from "../plugins"

/** The same, once its plugin's pages are there. Where their script does not come, the page comes anew (PluginPart). */
export async function withPages<S extends { plugin: string }>(shown: S): Promise<S> {
  await completePlugin(shown.plugin).catch(reportError)
  return shown
}
