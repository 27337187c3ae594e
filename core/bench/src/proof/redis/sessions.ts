import type { Report } from "./report"
import type { Shop, Site } from "./site"

/** Logs the owner in by cookie. */
async function logIn(site: Site, process_: number, { tenant }: Shop): Promise<string> {
  const opened = await fetch(`${site.host(process_).url}/auth/session`, { method: "POST", headers: { "x-tenant": tenant.id, authorization: `Bearer ${tenant.adminToken}` } })
  // The header leaves before the session is saved, the body after.
  await opened.text()
  return opened.headers.get("set-cookie")?.split(";")[0] ?? ""
}

const me = async (site: Site, process_: number, { tenant }: Shop, cookie: string) => (await fetch(`${site.host(process_).url}/admin/users/me`, { headers: { "x-tenant": tenant.id, cookie } })).status

/** Each shop's owner logs in at another process; every cookie is tried everywhere. */
export async function proveSessions(site: Site, report: Report): Promise<string> {
  const [a, b] = site.shops as [Shop, Shop]
  const [ofA, ofB] = [await logIn(site, 0, a), await logIn(site, 1, b)]
  for (const process_ of [0, 1]) {
    report.equal(`a cookie opens its own shop at process ${process_}`, [await me(site, process_, a, ofA), await me(site, process_, b, ofB)], [200, 200])
    report.equal(`a cookie opens nothing in the other shop at process ${process_}`, [await me(site, process_, a, ofB), await me(site, process_, b, ofA)], [401, 401])
  }
  await (await fetch(`${site.host(1).url}/auth/session`, { method: "DELETE", headers: { "x-tenant": b.tenant.id, cookie: ofA } })).text()
  report.equal("a logout in the other shop ends nothing", await me(site, 0, a, ofA), 200)
  await (await fetch(`${site.host(1).url}/auth/session`, { method: "DELETE", headers: { "x-tenant": a.tenant.id, cookie: ofA } })).text()
  report.equal("a logout at one process is one at the other", [await me(site, 0, a, ofA), await me(site, 1, a, ofA), await me(site, 0, b, ofB)], [401, 401, 200])
  return ""
}
