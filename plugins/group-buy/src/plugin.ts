import { definePlugin } from "@fangshi/contracts"
import { ERRORS } from "./contract/errors"
import { settings } from "./contract/settings"

/** Group purchases in both shapes: by leader and pick-up point, and by team. */
export const plugin = definePlugin({
  id: "group-buy",
  version: "0.1.0",
  core: "^0.1.0",
  name: { "zh-CN": "社区团购与拼团", en: "Group purchases" },
  description: { "zh-CN": "团长自提点的社区团购，和好友拼团：人越多价越低，不成团自动退款。", en: "Neighbourhood purchases by leader and pick-up point, and teams of friends: the more join the lower the price, and money comes back by itself." },
  permissions: { capabilities: ["catalogue.read", "customers.read", "orders.read", "orders.write", "payments.take", "payments.refund", "stock.reserve", "ledger.post", "notifications.send", "schedule"] },
  tables: ["group_buy_campaign", "group_buy_campaign_item", "group_buy_price_step", "group_buy_leader", "group_buy_campaign_point", "group_buy_team", "group_buy_buyer", "group_buy_participation", "group_buy_line", "group_buy_commission", "group_buy_shortage", "group_buy_claim", "group_buy_code_miss", "group_buy_todo"],
  tasks: ["sweep", "work"],
  console: [
    { path: "campaigns", title: { "zh-CN": "团购活动", en: "Group purchases" } },
    { path: "leaders", title: { "zh-CN": "团长", en: "Leaders" } },
  ],
  errors: ERRORS,
  settings,
})
