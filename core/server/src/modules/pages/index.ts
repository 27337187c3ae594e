import { Module } from "@medusajs/framework/utils"
import { PagesService } from "./service"

export const PAGES = "pages"

export default Module(PAGES, { service: PagesService })
