import { createHash, randomBytes } from "node:crypto"
import { FangshiError, type Role } from "@fangshi/contracts"
import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ContainerRegistrationKeys, MedusaService } from "@medusajs/framework/utils"
import { StaffInvitation, StaffMember } from "./models/staff"

/** A user with the limits of their role; `member_id` is null for Medusa's own admins, who have none. */
export type Staff = { user_id: string; member_id: string | null; role: Role; merchant_id: string | null; active: boolean }
export type Invitation = { role: Role; merchant_id: string | null; expires_at: Date }

const VALID_DAYS = 7
const DAY_MS = 86_400_000

const hashOf = (token: string) => createHash("sha256").update(token).digest("hex")

/** Who works in the shop, and invitations to. */
export class StaffService extends MedusaService({ StaffMember, StaffInvitation }) {
  private readonly knex: Knex

  constructor(container: Record<string, unknown>) {
    // Medusa's generated constructor reads all it is given.
    super(...(arguments as unknown as [never]))
    this.knex = container[ContainerRegistrationKeys.PG_CONNECTION] as Knex
  }

  /** The limits of a user; a user without any is an owner. */
  async getStaff(user_id: string): Promise<Staff> {
    const [row] = await this.listStaffMembers({ user_id }, { take: 1 })
    if (!row) return { user_id, member_id: null, role: "owner", merchant_id: null, active: true }
    return { user_id, member_id: row.id, role: row.role as Role, merchant_id: row.merchant_id, active: row.active }
  }

  /** Returns the token, which is told this once. */
  async invite({ role, merchant_id }: Pick<Invitation, "role" | "merchant_id">, invited_by: string, now: number = Date.now()): Promise<Invitation & { token: string }> {
    const token = randomBytes(32).toString("base64url")
    const expires_at = new Date(now + VALID_DAYS * DAY_MS)
    await this.createStaffInvitations({ token_hash: hashOf(token), role, merchant_id, expires_at, invited_by })
    return { token, role, merchant_id, expires_at }
  }

  /** Throws STAFF_INVITATION_UNKNOWN, _USED or _EXPIRED. */
  async getInvitation(token: string, now: number = Date.now()): Promise<Invitation & { id: string }> {
    const [row] = await this.listStaffInvitations({ token_hash: hashOf(token) }, { take: 1 })
    if (!row) throw new FangshiError("STAFF_INVITATION_UNKNOWN")
    if (row.used_at) throw new FangshiError("STAFF_INVITATION_USED")
    if (row.expires_at.getTime() <= now) throw new FangshiError("STAFF_INVITATION_EXPIRED")
    return { id: row.id, role: row.role as Role, merchant_id: row.merchant_id, expires_at: row.expires_at }
  }

  /** Uses an invitation up: `makeUser` and the member's row exist afterwards, or neither. Of two at the same moment the second finds it used. */
  async useInvitation(token: string, makeUser: () => Promise<string>, now: number = Date.now()): Promise<Staff> {
    return inUnitOfWork(
      this.knex,
      async (unit) => void (await unit.query("select pg_advisory_xact_lock(hashtextextended('invitation:' || $1, 0))", [hashOf(token)])),
      async () => {
        const { id, role, merchant_id } = await this.getInvitation(token, now)
        await this.updateStaffInvitations({ id, used_at: new Date(now) })
        const user_id = await makeUser()
        const member = await this.createStaffMembers({ user_id, role, merchant_id })
        return { user_id, member_id: member.id, role, merchant_id, active: true }
      },
    )
  }
}
