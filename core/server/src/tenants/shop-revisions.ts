import { currentTenant, runAsPlatform } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { TenantDirectory } from "./directory"

/** After a change, further ones are gathered this long. */
const GATHER_MS = 200

/**
 * Counts the changes of what shoppers see, per shop. Whatever is cached of a shop is kept under its revision, so that a
 * higher one makes it all old at once, in every process that reads the tenant.
 */
export class ShopRevisions {
  private readonly gathering = new Map<string, { again: boolean }>()

  constructor(
    private readonly knex: Knex,
    private readonly directory: TenantDirectory,
  ) {}

  /** Of the current tenant; done when it is written. */
  async bump(tenant = currentTenant()): Promise<void> {
    await runAsPlatform(() => this.knex.raw("update tenancy.tenant set revision = revision + 1 where id = ?", [tenant]))
    this.directory.forgetTenant(tenant)
  }

  /** For the many events of one import: the first counts at once, the others together a moment later. */
  async bumpSoon(): Promise<void> {
    const tenant = currentTenant()
    const gathered = this.gathering.get(tenant)
    if (gathered) {
      gathered.again = true
      return
    }
    const mine = { again: false }
    this.gathering.set(tenant, mine)
    setTimeout(() => {
      this.gathering.delete(tenant)
      if (mine.again) this.bump(tenant).catch(() => undefined)
    }, GATHER_MS).unref()
    await this.bump(tenant)
  }
}
