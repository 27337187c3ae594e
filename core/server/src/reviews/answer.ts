import { inUnitOfWork } from "@fangshi/kernel"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Staff } from "../modules/staff/service"
import { noticesOf } from "../notices/notices"
import { reviewsOf } from "./reviews"

/** Answers a review, or puts another answer in its place; who wrote it is told of the first. Throws NOT_FOUND, also for another merchant's. */
export function answerReview(scope: MedusaContainer, staff: Staff, id: string, text: string, now: number): Promise<void> {
  return inUnitOfWork(scope.resolve<Knex>(ContainerRegistrationKeys.PG_CONNECTION), async () => undefined, async () => {
    const review = await reviewsOf(scope).reply(staff.merchant_id, id, text, staff.user_id, now)
    await noticesOf(scope).tell({ kind: "review_answered", cause: id, ...review }, now)
  })
}
