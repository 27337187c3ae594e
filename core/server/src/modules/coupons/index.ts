import { Module } from "@medusajs/framework/utils"
import { CouponsService } from "./service"

export const COUPONS = "coupons"

export default Module(COUPONS, { service: CouponsService })
