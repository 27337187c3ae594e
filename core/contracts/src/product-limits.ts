/** Of a product made in the workbench; a price in fen. Apart from the schemas, which no page needs. */
export const PRODUCT_LIMITS = { title: 100, description: 2_000, pictures: 9, stock: 100_000, price_amount: 100_000_000 } as const
