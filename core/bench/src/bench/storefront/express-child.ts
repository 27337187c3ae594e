import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import express from "express"
import { obey, runStage, serveForEver, tell } from "../tenancy/child-messages"

/** Express and nothing else (this process loads nothing of the platform), sending the bytes of BENCH_PAGE under the headers a page needs. */
async function serve() {
  const bytes = readFileSync(process.env.BENCH_PAGE ?? "")
  const app = express()
  app.disable("x-powered-by")
  app.disable("etag")
  app.get("/", (_req, res) => {
    res.set("cache-control", "private, no-cache")
    res.set("etag", '"bench"')
    res.type("html").send(bytes)
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  obey(async () => void server.close())
  tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  await serveForEver()
}

runStage({ serve })
