import type { LocalizedText } from "@fangshi/contracts"

const text = (zh: string, en: string): LocalizedText => ({ "zh-CN": zh, en })

/** Leaders of a demo shop and their points, all in one part of a town. `customer` is who runs it. */
export const LEADERS = [
  { leader_name: "周桂芬", phone: "13857100001", point_name: "亲亲家园桂芬姐的店", address: "亲亲家园二期 12 幢底商", district: "拱墅区", latitude: 30.3292, longitude: 120.1093, level: 3, basis_points: 800 },
  { leader_name: "陈国强", phone: "13857100002", point_name: "白荡海菜鸟驿站", address: "文三西路 528 号", district: "西湖区", latitude: 30.2838, longitude: 120.1021, level: 2, basis_points: 600 },
  { leader_name: "吴小燕", phone: "13857100003", point_name: "良渚文化村燕子花房", address: "白鹭郡东 3 幢 101", district: "余杭区", latitude: 30.3706, longitude: 120.0318, level: 1, basis_points: 500 },
]

/** What runs: `take` so many of the shop's goods, in turn; days from today. */
export const CAMPAIGNS = [
  {
    kind: "community" as const, take: 3, days: 2, target: 5, stock: 80, limit: 6,
    title: text("两天一团：邻里厨房一篮鲜", "Two days: the neighbourhood's kitchen basket"),
    description: text("满 5 人成团，10 人再降一档。截单后第二天下午四点前送到自提点，跟团长说一声就能取。", "Five people make it, ten bring the price down once more. By four in the afternoon of the day after it closes, it is at your point."),
    joined: [["林阿姨", 2], ["小满", 1], ["王师傅", 3], ["芳芳妈", 1]],
  },
  {
    kind: "community" as const, take: 2, days: 7, target: 12, stock: 200, limit: 10,
    title: text("周末囤货：越多人越便宜", "Stock up for the weekend: the more, the cheaper"),
    description: text("整箱发到小区，团长帮您分好袋。差几个人就到下一档价，喊上楼上楼下一起来。", "Whole cases to your block, and the leader packs your share. A few more and the next price is reached: tell the neighbours."),
    joined: [["老顾", 2], ["晓雯", 2]],
  },
  {
    kind: "team" as const, take: 1, days: 30, target: 3, stock: 120, limit: 3,
    title: text("三人成团：拉上两个好朋友", "Teams of three: bring two friends"),
    description: text("开团后 24 小时内凑满三人就发货，凑不满钱自动退回，不用找客服。", "Three within 24 hours and it is on its way; if not, the money comes back by itself, without a call."),
    joined: [["阿杰", 1]],
  },
]
