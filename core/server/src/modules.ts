import path from "node:path"

/** The platform's own modules, each a folder of src/modules with service, models and migrations. */
const NAMES = ["pages", "members", "staff", "merchants", "parcels", "reviews", "coupons", "delivery", "after-sales", "notices", "guesses", "audit", "plugin-books"]

export const MODULES = NAMES.map((name) => ({ resolve: path.join(__dirname, "modules", name) }))
