import { existsSync, readFileSync } from "node:fs"
import type { AxeResults } from "axe-core"
import { type Browser, type Page, chromium } from "playwright-core"

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")
const SEVERE = ["serious", "critical"]

type Axe = { run: (options: object) => Promise<AxeResults>; _audit: { rules: { id: string; impact?: string }[] } }

/** The same browser without its own windows and menus takes less than half of the processor's time. */
const HEADLESS_SHELL = "/usr/bin/chromium-headless-shell"

/** Debian's Chromium, or the one that CHROMIUM names, without calls of its own to anywhere. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? (existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : "/usr/bin/chromium"), args: QUIET })

/** What axe-core finds on a page to be serious or critical: rule, place, and what it saw. */
export async function severeFindings(page: Page): Promise<string[]> {
  await page.waitForLoadState("networkidle")
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE)
  const { violations } = await page.evaluate((severe) => {
    const { axe } = window as unknown as { axe: Axe }
    // axe-core gives what a rule finds the rule's own impact: rules of a lesser one find nothing that is asked for here.
    const lesser = axe._audit.rules.filter(({ impact }) => impact && !severe.includes(impact))
    return axe.run({ resultTypes: ["violations"], rules: Object.fromEntries(lesser.map(({ id }) => [id, { enabled: false }])) })
  }, SEVERE)
  return violations.filter(({ impact }) => SEVERE.includes(impact ?? "")).flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target.join(" ")}: ${(failureSummary ?? "").split("\n").at(1)?.trim() ?? ""}`))
}
