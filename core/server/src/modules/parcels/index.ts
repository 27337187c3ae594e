import { Module } from "@medusajs/framework/utils"
import { ParcelsService } from "./service"

export const PARCELS = "parcels"

export default Module(PARCELS, { service: ParcelsService })
