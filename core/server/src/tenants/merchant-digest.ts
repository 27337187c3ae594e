import type { SeedCatalogue, SeedMerchant } from "@fangshi/contracts"
import { digest } from "./digest"

/** The handles of a merchant's products. */
export const productsOf = ({ categories }: SeedMerchant, { products }: SeedCatalogue): string[] => products.filter(({ category }) => categories.includes(category)).map(({ handle }) => handle)

/** What a merchant is compared by: a product that joins one of its categories is a change of the merchant, too. */
export const merchantDigest = (merchant: SeedMerchant, catalogue: SeedCatalogue): string => digest({ merchant, products: productsOf(merchant, catalogue) })
