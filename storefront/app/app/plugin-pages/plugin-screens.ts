import { type Locale, may } from "@fangshi/contracts"
import type { WorkbenchScreen } from "@fangshi/storefront-kit"
import { pluginsNamed } from "../plugins"
import type { Me } from "../workbench/desk"
import { workbenchLanguage } from "../workbench/language"

/** Whether a screen is this member's: below /admin, the shop API answers owners and managers of the whole shop alone, whatever a plugin's duty says. */
export const mayOpen = ({ role, merchant }: Me, { duty }: Pick<WorkbenchScreen, "duty">): boolean => role !== "clerk" && merchant === null && (!duty || may(role, duty))

/** The screens of these plugins to which the workbench's navigation leads for this member. */
export function pluginScreens(plugins: readonly string[], me: Me, locale: Locale): { to: string; label: string; end: boolean }[] {
  const language = workbenchLanguage(locale)
  return pluginsNamed(plugins).flatMap(([plugin, { workbench = [] }]) =>
    workbench
      .filter((screen) => (screen.nav ?? !screen.path.includes(":")) && mayOpen(me, screen))
      .map(({ path, title }) => ({ to: `/workbench/x/${plugin}${path && `/${path}`}`, label: language.getFixedT(null, plugin)(title), end: path === "" })),
  )
}
