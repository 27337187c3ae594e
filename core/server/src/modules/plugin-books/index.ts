import { MedusaService, Module } from "@medusajs/framework/utils"
import { PluginOrder, PluginPayment, PluginPosting, PluginRefund, PluginStock } from "./models/plugin-books"

export const PLUGIN_BOOKS = "plugin_books"

/** Only the tables: what plugins did under which key is written by src/plugin-ports, in the unit of work of what they did. */
class PluginBooksService extends MedusaService({ PluginPayment, PluginRefund, PluginOrder, PluginStock, PluginPosting }) {}

export default Module(PLUGIN_BOOKS, { service: PluginBooksService })
