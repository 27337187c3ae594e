import { numberField } from "@fangshi/contracts"
import { z } from "zod"

/** What each shop sets for itself. */
export const settings = z.strictObject({
  /** Minutes a shopper has to pay before the pieces go back. */
  hold_minutes: numberField({ "zh-CN": "未付款保留（分钟）", en: "Kept unpaid for (minutes)" }, { least: 1, most: 120, start: 15 }),
  /** Hours a team has to become complete. */
  team_hours: numberField({ "zh-CN": "拼团时限（小时）", en: "A team's time (hours)" }, { least: 1, most: 168, start: 24 }),
  /** When a day's community purchases close, and when the goods are at the points the next day: what a new campaign is offered, by the shop's clock. */
  cut_off_hour: numberField({ "zh-CN": "每日截单（点）", en: "Daily cut-off (hour)" }, { least: 0, most: 23, start: 23 }),
  pick_up_hour: numberField({ "zh-CN": "次日提货（点）", en: "Ready the next day (hour)" }, { least: 0, most: 23, start: 16 }),
  /** A new leader's share of what their point sells; 500 is 5 %. */
  commission_basis_points: numberField({ "zh-CN": "团长佣金（万分之）", en: "Leader's commission (of 10,000)" }, { least: 0, most: 5_000, start: 500 }),
  /** Days after hand-over in which a claim can be made. */
  claim_days: numberField({ "zh-CN": "售后期限（天）", en: "Claims within (days)" }, { least: 0, most: 30, start: 2 }),
})
export type GroupBuySettings = z.infer<typeof settings>
