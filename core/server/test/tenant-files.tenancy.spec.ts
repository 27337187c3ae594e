import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { type Server, createServer, request } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { ForeignFile, enterTenant, runInTenant } from "@fangshi/kernel"
import { files } from "@fangshi/kernel/src/tenancy/wraps/files"
import { medusaInternal } from "@fangshi/kernel/src/tenancy/seam"
import { ShopClient, type TestTenant, sharedHost, twoTenants } from "@fangshi/testing"
import express from "express"
import { tenantFiles } from "../src/front-door/files"
import tenantFilesProvider from "../src/medusa/tenant-files"

type Got = { status: number; text: string; headers: Record<string, string | string[] | undefined> }

/** The path goes over the wire as written: fetch would resolve its dots. */
function get(url: string, rawPath: string, tenant: string): Promise<Got> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path: rawPath, headers: { "x-tenant": tenant } }, (res) => {
      let text = ""
      res.on("data", (chunk: Buffer) => (text += chunk.toString()))
      res.on("end", () => resolve({ status: res.statusCode ?? 0, text, headers: res.headers }))
    })
    sent.on("error", reject)
    sent.end()
  })
}

type Uploaded = { id: string; url: string }

describe("uploads over HTTP", () => {
  const host = sharedHost()
  let a: TestTenant
  let b: TestTenant
  let ofA: Uploaded
  let ofB: Uploaded

  async function upload(tenant: TestTenant, name: string, content: string): Promise<Uploaded> {
    const form = new FormData()
    form.append("files", new Blob([content], { type: "text/plain" }), name)
    const response = await fetch(`${host.url}/admin/uploads`, { method: "POST", body: form, headers: { "x-tenant": tenant.id, authorization: `Bearer ${tenant.adminToken}` } })
    const { files: made } = (await response.json()) as { files: Uploaded[] }
    return made[0] ?? { id: "", url: "" }
  }

  beforeAll(async () => {
    ;[a, b] = await twoTenants(host)
    ;[ofA, ofB] = await Promise.all([upload(a, "menu.txt", "menu of a"), upload(b, "menu.txt", "menu of b")])
  })

  it("of the same name by two tenants at the same time are two files, each served to its own shop", async () => {
    expect(ofA.id.startsWith(`${a.id}/`)).toBe(true)
    expect(ofB.id.startsWith(`${b.id}/`)).toBe(true)
    expect([await get(host.url, ofA.url, a.id), await get(host.url, ofB.url, b.id)]).toMatchObject([{ status: 200, text: "menu of a" }, { status: 200, text: "menu of b" }])
  })

  it("of another tenant answer like one that does not exist, whatever the path is dressed as", async () => {
    const name = path.posix.basename(ofB.id)
    const twice = (text: string) => text.replaceAll("%", "%25")
    const attempts = [
      ofB.url,
      `//static/${ofB.id}`,
      `/static//${ofB.id}`,
      `/static/./${ofB.id}`,
      `/static/${a.id}/../${ofB.id}`,
      `/static/${a.id}/..%2f${ofB.id}`,
      `/static/${a.id}/%2e%2e/${ofB.id}`,
      `/static/${a.id}%2f%2e%2e%2f${b.id}%2f${name}`,
      twice(`/static/${a.id}%2f%2e%2e%2f${b.id}%2f${name}`),
      twice(twice(`/static/${a.id}/%2e%2e/${ofB.id}`)),
      `/static/${a.id}/..%5c${b.id}%5c${name}`,
      `/static/${a.id}\\..\\${b.id}\\${name}`,
      `/static/${a.id}/..;/${ofB.id}`,
      `/static/${a.id}/%00/../${ofB.id}`,
      `/static/${a.id}/%c0%ae%c0%ae/${ofB.id}`,
      `/static/${b.id.toUpperCase()}/${name}`,
      `/STATIC/${ofB.id}`,
      `/Static/${a.id}/../${ofB.id}`,
      `/static/${ofB.id}?x-tenant=${b.id}`,
      `/static/${a.id}/../../etc/passwd`,
      `/static/..%2f..%2f..%2fetc%2fpasswd`,
    ]
    for (const attempt of attempts) {
      const { status, text } = await get(host.url, attempt, a.id)
      expect([attempt, [400, 404].includes(status)]).toEqual([attempt, true])
      expect([attempt, /menu of b|root:/.test(text)]).toEqual([attempt, false])
    }
    expect((await get(host.url, ofB.url, a.id)).status).toBe((await get(host.url, `/static/${b.id}/none.txt`, a.id)).status)
  })

  it("of another tenant cannot be looked up or deleted by their key, and stay", async () => {
    const asA = new ShopClient(host, a)
    const id = encodeURIComponent(ofB.id)
    expect((await asA.call({ path: `/admin/uploads/${id}` })).status).toBe(404)
    expect((await asA.call({ path: `/admin/uploads/${encodeURIComponent(`${a.id}/../${ofB.id}`)}` })).status).toBe(404)
    expect((await asA.call({ method: "DELETE", path: `/admin/uploads/${id}` })).status).toBe(404)
    expect((await get(host.url, ofB.url, b.id)).text).toBe("menu of b")
  })

  it("land in the tenant's own folder even when the name is a path to another's, also through a presigned address", async () => {
    const asA = new ShopClient(host, a)
    const made = await upload(a, `../${b.id}/planted.txt`, "planted")
    expect(made.id.startsWith(`${a.id}/`)).toBe(true)
    const { filename } = await asA.post<{ filename: string }>("/admin/uploads/presigned-urls", { originalname: `../${b.id}/planted.txt`, mime_type: "text/plain", size: 7, access: "private" })
    expect(filename.startsWith(`${a.id}/`)).toBe(true)
    expect(filename).not.toContain("..")
  })

  it("with spaces, Chinese and signs in the name are served under the address they were given", async () => {
    const made = await upload(a, "菜单 100% #1?.txt", "今日")
    expect(await get(host.url, made.url, a.id)).toMatchObject({ status: 200, text: "今日" })
    expect((await get(host.url, made.url, b.id)).status).toBe(404)
  })

  it("cannot run as a page of the shop", async () => {
    expect((await get(host.url, ofA.url, a.id)).headers).toMatchObject({ "content-security-policy": expect.stringContaining("sandbox") as string, "x-content-type-options": "nosniff" })
  })
})

type FileKey = { fileKey: string }
type Service = {
  upload(file: { filename: string; content: string; mimeType: string; access: string }): Promise<{ key: string; url: string }>
  getPresignedDownloadUrl(file: FileKey): Promise<string>
  getAsBuffer(file: FileKey): Promise<Buffer>
  getDownloadStream(file: FileKey): Promise<unknown>
  delete(file: FileKey | FileKey[]): Promise<void>
}

describe("private files", () => {
  const SECRET = "signing-secret-of-this-test"
  let folder: string
  let server: Server
  let url: string
  let ahead = 0
  let service: Service

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "fangshi-files-"))
    files.beforeLoad?.({} as never)
    const { default: FileProviders } = medusaInternal<{ default: new (container: object) => Service }>("@medusajs/file", "services/file-provider-service.js")
    const [Provider] = (tenantFilesProvider as unknown as { services: [new (container: object, options: object) => object] }).services
    service = new FileProviders({ fs_local: new Provider({}, { upload_dir: folder, private_upload_dir: folder, signing_secret: SECRET }) })
    const app = express()
    app.use((req, _res, next) => enterTenant(String(req.headers["x-tenant"]), next))
    app.use("/static", tenantFiles(folder, SECRET, () => Date.now() + ahead))
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    ahead = 0
  })
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(folder, { recursive: true, force: true })
  })

  const put = (tenant: string, filename = "invoice.txt", access = "private") =>
    runInTenant(tenant, () => service.upload({ filename, content: Buffer.from(`invoice of ${tenant}`).toString("base64"), mimeType: "text/plain", access }))
  const signed = (tenant: string, key: string) => runInTenant(tenant, () => service.getPresignedDownloadUrl({ fileKey: key }))

  it("are served under a signed address, which nobody in between may keep", async () => {
    const { key } = await put("files-a")
    const answer = await get(url, await signed("files-a", key), "files-a")
    expect(answer).toMatchObject({ status: 200, text: "invoice of files-a" })
    expect(answer.headers["cache-control"]).toBe("private, no-store")
  })

  it("are refused without a signature, with half of one and with another's", async () => {
    const [{ key }, other] = [await put("files-a"), await put("files-a", "other.txt")]
    const address = new URL(await signed("files-a", key), url)
    const foreign = new URL(await signed("files-a", other.key), url)
    const cut = (search: string) => address.pathname + search
    const late = new URLSearchParams(address.search)
    late.set("until", String(Number(late.get("until")) + 600))
    for (const attempt of [cut(""), cut(`?until=${address.searchParams.get("until") ?? ""}`), cut(`?signature=${address.searchParams.get("signature") ?? ""}`), cut(foreign.search), cut(`?${late.toString()}`), cut(`${address.search}0`), cut(`${address.search}&until=99999999999`)]) {
      expect([attempt, (await get(url, attempt, "files-a")).status]).toEqual([attempt, 404])
    }
  })

  it("are refused ten minutes after signing", async () => {
    const address = await signed("files-a", (await put("files-a")).key)
    ahead = 590_000
    expect((await get(url, address, "files-a")).status).toBe(200)
    ahead = 601_000
    expect((await get(url, address, "files-a")).status).toBe(404)
  })

  it("are refused on another tenant's host, even with a signature of that tenant for the same key", async () => {
    const { key } = await put("files-a")
    const address = await signed("files-a", key)
    expect((await get(url, address, "files-b")).status).toBe(404)
    const twin = path.join(folder, "files-b", path.posix.basename(key))
    mkdirSync(path.dirname(twin), { recursive: true })
    writeFileSync(twin, "invoice of files-b")
    const moved = address.replace("/files-a/", "/files-b/")
    expect((await get(url, moved, "files-b")).status).toBe(404)
  })

  it("stay private when their name is written in other letters or with other slashes", async () => {
    const { key } = await put("files-a")
    const name = path.posix.basename(key)
    // What a file system that ignores case would serve under this name.
    writeFileSync(path.join(folder, "files-a", name.toUpperCase()), "invoice of files-a")
    writeFileSync(path.join(folder, "files-a", `sub\\${name}`), "invoice of files-a")
    for (const attempt of [name.toUpperCase(), `sub%5C${name}`, `%70rivate-${name.slice(8)}`, `./${name}`, `/${name}`, `${name}/`]) {
      expect([attempt, (await get(url, `/static/files-a/${attempt}`, "files-a")).status]).toEqual([attempt, 404])
    }
  })

  it("have a working address whatever signs their name holds", async () => {
    const { key } = await put("files-a", "发票 50% #7?.txt")
    expect(await get(url, await signed("files-a", key), "files-a")).toMatchObject({ status: 200, text: "invoice of files-a" })
  })

  it("cannot be signed, read, streamed or deleted by another tenant, nor without a tenant", async () => {
    const { key } = await put("files-a")
    for (const fileKey of [key, `files-b/../${key}`, `files-b/x/../../${key}`, `files-b\\..\\${key}`, key.toUpperCase(), key.replace("files-a", "files-A")]) {
      for (const method of ["getPresignedDownloadUrl", "getAsBuffer", "getDownloadStream", "delete"] as const) {
        const attempt = runInTenant("files-b", () => service[method]({ fileKey }))
        await expect(attempt).rejects.toBeInstanceOf(ForeignFile)
      }
    }
    await expect(runInTenant("files-b", () => service.delete([{ fileKey: "files-b/own.txt" }, { fileKey: key }]))).rejects.toBeInstanceOf(ForeignFile)
    await expect((async () => service.getAsBuffer({ fileKey: key }))()).rejects.toBeInstanceOf(ForeignFile)
    expect((await runInTenant("files-a", () => service.getAsBuffer({ fileKey: key }))).toString()).toBe("invoice of files-a")
  })

  it("of a tenant whose id begins like another's are not that other's", async () => {
    const { key } = await put("files-a-2")
    await expect(runInTenant("files-a", () => service.getAsBuffer({ fileKey: key }))).rejects.toBeInstanceOf(ForeignFile)
    expect((await get(url, await signed("files-a-2", key), "files-a")).status).toBe(404)
  })

  it("of fifty uploads of one name by two tenants at once all land in the folder of their tenant", async () => {
    const made = await Promise.all(Array.from({ length: 50 }, (_, i) => put(i % 2 ? "many-a" : "many-b", "same.txt", "public")))
    made.forEach(({ key, url: address }, i) => {
      const own = `${i % 2 ? "many-a" : "many-b"}/`
      expect([key.startsWith(own), address]).toEqual([true, `/static/${key}`])
    })
    for (const tenant of ["many-a", "many-b"]) {
      for (const name of readdirSync(path.join(folder, tenant))) expect((await runInTenant(tenant, () => service.getAsBuffer({ fileKey: `${tenant}/${name}` }))).toString()).toBe(`invoice of ${tenant}`)
    }
  })
})
