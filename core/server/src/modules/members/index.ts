import { Module } from "@medusajs/framework/utils"
import { MembersService } from "./service"

export const MEMBERS = "members"

export default Module(MEMBERS, { service: MembersService })
