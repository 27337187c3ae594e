import type { MedusaContainer } from "@medusajs/framework/types"
import type { ReviewsService } from "../modules/reviews/service"

export const reviewsOf = (scope: Pick<MedusaContainer, "resolve">): ReviewsService => scope.resolve<ReviewsService>("reviews")
