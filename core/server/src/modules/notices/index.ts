import { Module } from "@medusajs/framework/utils"
import { NoticesService } from "./service"

export const NOTICES = "notices"

export default Module(NOTICES, { service: NoticesService })
