import path from "node:path"
import { demoPassword } from "@fangshi/cli"
import type { TestTenant } from "./shared-host"
import type { HostProcess } from "./host-process"

/** A demo shop of a host that startDemoHost started, with its owner logged in. */
export async function demoTenant(host: Pick<HostProcess, "url">, id: string): Promise<TestTenant> {
  // The password is made from a secret in the data folder that the demo shops were opened with.
  process.env.FANGSHI_DATA = path.join(process.env.FANGSHI_TEST_DATA ?? "", "demo")
  const [email, password] = [`owner@${id}.example`, demoPassword(id)]
  const answer = await fetch(`${host.url}/auth/user/emailpass`, { method: "POST", headers: { "content-type": "application/json", "x-tenant": id }, body: JSON.stringify({ email, password }) })
  const { token } = (await answer.json()) as { token?: string }
  if (!token) throw new Error(`the owner of ${id} cannot log in: ${answer.status}`)
  return { id, host: `${id}.localhost`, publishable_key: "", email, password, adminToken: token }
}
