import { type NoticeNews, type NotificationsPort, type PluginNews, localizedText } from "@fangshi/contracts"
import { z } from "zod"
import { noticesOf } from "../notices/notices"
import { type Caller, checked, portKey } from "./caller"

/** A page of this shop and nobody else's: a browser reads //host and /\host as another host. */
const page = z.string().max(500).regex(/^\/(?![/\\])[^\s\\]*$/)
const pluginNews = z.strictObject({ key: portKey, title: localizedText, text: localizedText, link: page.optional() })
const toCustomer = z.strictObject({ customer_id: portKey, news: pluginNews })
const toCustomers = z.array(toCustomer).max(1_000)

const newsOf = ({ title, text, link }: PluginNews): NoticeNews => ({ title, text, link: link ?? null })

const tell = (caller: Caller, told: readonly z.output<typeof toCustomer>[]): Promise<void> =>
  noticesOf(caller.scope).tellInOwnWords(`plugin:${caller.plugin}`, told.map(({ customer_id, news }) => ({ customer_id, key: news.key, news: newsOf(news as PluginNews) })), caller.clock())

/** Members read it among their notices, once for each key; staff in the workbench. */
export const notificationsPort = (caller: Caller): NotificationsPort => ({
  tellCustomer: async (customer_id, news) => tell(caller, [checked(caller, "notifications.tellCustomer", toCustomer, { customer_id, news })]),
  tellCustomers: async (told) => tell(caller, checked(caller, "notifications.tellCustomers", toCustomers, told)),
  tellStaff: async (told) => {
    const news = checked(caller, "notifications.tellStaff", pluginNews, told)
    await noticesOf(caller.scope).tellStaff(`plugin:${caller.plugin}`, news.key, newsOf(news as PluginNews), caller.clock())
  },
})
