import { createHash } from "node:crypto"
import { type Server, createServer } from "node:http"
import type { AddressInfo } from "node:net"

type Version = { name: string; version: string; dist: { tarball: string; integrity: string; shasum: string } }
type Published = { versions: Record<string, Version>; _attachments?: Record<string, { data: string }> }

/** An npm registry of two routes: what npm publish puts, npm pack gets. */
export async function smallRegistry(): Promise<{ url: string; put: (name: string, version: string, tarball: Buffer) => void; close: () => Promise<void> }> {
  const packages = new Map<string, { tags: Record<string, string>; versions: Record<string, Version>; tarballs: Map<string, Buffer> }>()
  const put = (name: string, version: string, tarball: Buffer) => {
    const known = packages.get(name) ?? { tags: {}, versions: {}, tarballs: new Map<string, Buffer>() }
    known.tags.latest = version
    known.versions[version] = { name, version, dist: { tarball: `${url}/-/${encodeURIComponent(name)}/${version}.tgz`, integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`, shasum: createHash("sha1").update(tarball).digest("hex") } }
    known.tarballs.set(version, tarball)
    packages.set(name, known)
  }
  const server: Server = createServer((req, res) => {
    const url = req.url ?? ""
    const tarball = /^\/-\/([^/]+)\/(.+)\.tgz$/.exec(url)
    const name = decodeURIComponent(tarball?.[1] ?? url.slice(1))
    const parts: Buffer[] = []
    req.on("data", (part: Buffer) => parts.push(part))
    req.on("end", () => {
      if (req.method === "PUT") {
        const { versions, _attachments } = JSON.parse(Buffer.concat(parts).toString()) as Published
        for (const each of Object.keys(versions)) put(name, each, Buffer.from(Object.values(_attachments ?? {})[0]?.data ?? "", "base64"))
        return void res.writeHead(201, { "content-type": "application/json" }).end("{}")
      }
      const known = packages.get(name)
      if (!known) return void res.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}')
      if (tarball) return void res.end(known.tarballs.get(tarball[2] ?? ""))
      res.setHeader("content-type", "application/json")
      res.end(JSON.stringify({ name, "dist-tags": known.tags, versions: known.versions }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, put, close: () => new Promise((resolve) => void (server.closeAllConnections(), server.close(() => resolve()))) }
}
