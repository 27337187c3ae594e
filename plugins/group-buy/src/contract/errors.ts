import type { ErrorEntry } from "@fangshi/contracts"

const entry = (status: number, zh: string, en: string, hintZh: string, hintEn: string): ErrorEntry => ({ status, text: { "zh-CN": zh, en }, hint: { "zh-CN": hintZh, en: hintEn } })

/** Every error the trade raises. */
export const ERRORS = {
  GROUP_BUY_CAMPAIGN_UNKNOWN: entry(404, "没有这个拼团活动。", "There is no such group purchase.", "看看正在进行的活动。", "See those that are running."),
  GROUP_BUY_CAMPAIGN_NOT_OPEN: entry(409, "活动还没开始，{opens_at} 开团。", "It is not open yet; it starts at {opens_at}.", "到时间后再来。", "Come back then."),
  GROUP_BUY_CAMPAIGN_CLOSED: entry(409, "活动已截止。", "It is closed.", "看看正在进行的活动。", "See those that are running."),
  GROUP_BUY_COMPLETE: entry(409, "这个团已经成团，不能再加入。", "This group is already complete; nobody can join it any more.", "加入别的团，或自己开一个。", "Join another one, or open your own."),
  GROUP_BUY_SOLD_OUT: entry(409, "剩下的不够了，还有 {left} 件。", "There is not enough left: {left}.", "减少数量，或稍后再看：有人未付款时会放出来。", "Take fewer, or look again later: what others do not pay for comes back."),
  GROUP_BUY_LIMIT: entry(409, "每人限购 {limit} 件，您已参团 {taken} 件。", "Each person may take {limit}; you have {taken}.", "减少数量后再试。", "Take fewer."),
  GROUP_BUY_ITEM_UNKNOWN: entry(422, "活动中没有这件商品。", "This item is not part of it.", "刷新页面后重新选择。", "Reload the page and choose again."),
  GROUP_BUY_WRONG_KIND: entry(422, "参团方式不对：社区团要选自提点，拼团要开团或加入一个团。", "A community purchase needs a pick-up point; a team purchase needs a team, new or joined.", "在活动页上重新参团。", "Join on its own page."),
  GROUP_BUY_POINT_UNKNOWN: entry(409, "这个自提点不参加本次活动。", "This pick-up point does not take part.", "换一个自提点。", "Choose another one."),
  GROUP_BUY_TEAM_UNKNOWN: entry(404, "没有这个团。", "There is no such team.", "自己开一个团。", "Open your own."),
  GROUP_BUY_TEAM_FULL: entry(409, "名额都被占了，有人还没付款。", "All places are taken; somebody has not paid yet.", "过几分钟再看，或自己开一个团。", "Look again in a few minutes, or open your own."),
  GROUP_BUY_TEAM_OVER: entry(409, "这个团已结束。", "This team's time is over.", "自己开一个团。", "Open your own."),
  GROUP_BUY_TEAM_TWICE: entry(409, "您已经在这个团里了。", "You are in this team already.", "分享给朋友来参团。", "Share it with friends."),
  GROUP_BUY_KEY_REUSED: entry(409, "这个 idempotency_key 已用于别的参团。", "This idempotency_key belongs to another purchase.", "每次参团用一个新的。", "Use a new one for each."),
  GROUP_BUY_PARTICIPATION_UNKNOWN: entry(404, "没有这次参团。", "There is no such participation.", "在“我的拼团”里查看。", "See your own."),
  GROUP_BUY_NOT_NOW: entry(409, "现在是“{state}”，不能这样做。", "It is “{state}” now, so this cannot be done.", "刷新后查看当前状态。", "Reload and look at its present state."),
  GROUP_BUY_STEPS_WRONG: entry(422, "阶梯价要人越多越低，且低于单买价。", "Each step must be cheaper than the one before it and than the single price.", "修改阶梯价。", "Mend the steps."),
  GROUP_BUY_VARIANT_UNKNOWN: entry(422, "商品 {variant} 不存在，或没有价格。", "The variant {variant} is not there or has no price.", "重新选择商品。", "Choose another one."),
  GROUP_BUY_TIMES_WRONG: entry(422, "截止时间要晚于开始时间和现在。", "It must close after it opens, and later than now.", "修改时间。", "Mend the times."),
  GROUP_BUY_POINTS_MISSING: entry(422, "还没有可用的团长自提点。", "There is no approved pick-up point yet.", "先审核团长，再开团。", "Approve a leader first."),
  GROUP_BUY_LEADER_UNKNOWN: entry(404, "没有这位团长。", "There is no such leader.", "刷新后查看。", "Reload and look again."),
  GROUP_BUY_LEADER_EXISTS: entry(409, "您已经申请过了。", "You have applied already.", "在团长页查看进度。", "See how far it is on the leader's page."),
  GROUP_BUY_LEADER_ONLY: entry(403, "只有审核通过的团长可以这样做。", "Only approved leaders may do this.", "先申请成为团长。", "Apply to become one first."),
  GROUP_BUY_CODE_WRONG: entry(404, "没有这个取货码。", "There is no such pick-up code.", "请顾客重新打开取货码。", "Ask the customer to open the code again."),
  GROUP_BUY_CODE_TRIES: entry(429, "输错太多次，请一分钟后再试。", "Too many wrong codes; try again in a minute.", "请顾客出示手机上的取货码。", "Ask the customer to show the code."),
  GROUP_BUY_CLAIM_TOO_LARGE: entry(422, "最多还可退 {most} 分。", "At most {most} fen can still be refunded.", "改小金额后再试。", "Enter a smaller amount."),
  GROUP_BUY_CLAIM_OPEN: entry(409, "已有处理中的售后。", "There is an open claim already.", "先等它处理完。", "Wait for it."),
  GROUP_BUY_CLAIM_TOO_LATE: entry(409, "已超过售后期限。", "It is too late for a claim.", "请直接联系店家。", "Please call the shop."),
  GROUP_BUY_CLAIM_UNKNOWN: entry(404, "没有这个售后。", "There is no such claim.", "刷新后查看。", "Reload and look again."),
  GROUP_BUY_SHORTAGE_TOO_LARGE: entry(422, "缺货数量超过已订的 {most} 件。", "More is missing than the {most} that were ordered.", "核对数量。", "Count again."),
} as const satisfies Record<string, ErrorEntry>

export type GroupBuyError = keyof typeof ERRORS
