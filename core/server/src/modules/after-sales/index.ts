import { Module } from "@medusajs/framework/utils"
import { AfterSalesService } from "./service"

export const AFTER_SALES = "after_sales"

export default Module(AFTER_SALES, { service: AfterSalesService })
