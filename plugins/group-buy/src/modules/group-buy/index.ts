import { Module } from "@medusajs/framework/utils"
import { GroupBuyService } from "./service"

export const GROUP_BUY = "group_buy"

export default Module(GROUP_BUY, { service: GroupBuyService })
