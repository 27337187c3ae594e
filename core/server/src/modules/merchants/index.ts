import { Module } from "@medusajs/framework/utils"
import { MerchantsService } from "./service"

export const MERCHANTS = "merchants"

export default Module(MERCHANTS, { service: MerchantsService })
