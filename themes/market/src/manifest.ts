import { choiceField, defineSection, defineTheme, imageField, linkField, numberField, textField, z } from "@fangshi/contracts"
import { look } from "./look"

const START = ["home", "landing"] as const

export const manifest = defineTheme({
  ...look,
  sections: {
    "stall-hero": defineSection({
      title: { "zh-CN": "集市头图", en: "Market hero" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题（空则用店铺口号）", en: "Heading (empty: the shop's slogan)" }),
        text: textField({ "zh-CN": "副标题", en: "Line below" }, null, 200),
        button: textField({ "zh-CN": "按钮", en: "Button" }, null, 20),
        link: linkField({ "zh-CN": "按钮链接", en: "Where the button leads" }),
        image: imageField({ "zh-CN": "图片（空则画菜篮）", en: "Picture (empty: a drawn basket)" }),
      }),
    }),
    "bubbles": defineSection({
      title: { "zh-CN": "圆形分类", en: "Round ways in" },
      pages: START,
      most: 1,
      settings: z.strictObject({ count: numberField({ "zh-CN": "数量", en: "How many" }, { least: 3, most: 20, start: 10 }) }),
      query: ({ count: limit }) => ({ categories: { limit, products: 0 } }),
    }),
    "deal-strip": defineSection({
      title: { "zh-CN": "降价专区", en: "Price cuts" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "正在降价", en: "Price cuts" }),
        text: textField({ "zh-CN": "说明", en: "Line beside it" }, { "zh-CN": "比原价便宜的都在这", en: "All below their former price" }),
        count: numberField({ "zh-CN": "数量", en: "How many" }, { least: 3, most: 24, start: 10 }),
      }),
      query: ({ count: limit }) => ({ products: { reduced: true, limit } }),
    }),
    "pick-up": defineSection({
      title: { "zh-CN": "怎么买", en: "How to buy" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "买菜三步，不绕路", en: "Three steps to your door" }),
        first: textField({ "zh-CN": "第一步", en: "First step" }, { "zh-CN": "挑好放进菜篮", en: "Fill your basket" }, 40),
        second: textField({ "zh-CN": "第二步", en: "Second step" }, { "zh-CN": "选自提点或送上门", en: "Pick-up point or your door" }, 40),
        third: textField({ "zh-CN": "第三步", en: "Third step" }, { "zh-CN": "收到货再付钱", en: "Pay when it arrives" }, 40),
      }),
    }),
    "stalls": defineSection({
      title: { "zh-CN": "一类一摊", en: "A stall for each category" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "挨个摊位逛逛", en: "Stall by stall" }),
        stalls: numberField({ "zh-CN": "摊位数", en: "How many stalls" }, { least: 1, most: 12, start: 6 }),
        products: choiceField({ "zh-CN": "每摊商品", en: "Products of each" }, { three: { "zh-CN": "三样", en: "Three" }, six: { "zh-CN": "六样", en: "Six" } }),
      }),
      query: ({ stalls: limit, products }) => ({ categories: { limit, products: products === "six" ? 6 : 3 } }),
    }),
  },
  pages: {
    home: {
      sections: [
        { id: "hero", type: "stall-hero", settings: {} },
        { id: "ways", type: "bubbles", settings: {} },
        { id: "deals", type: "deal-strip", settings: {} },
        { id: "basket", type: "product-grid", settings: { heading: { "zh-CN": "街坊菜篮子", en: "The neighbourhood basket" } } },
        { id: "steps", type: "pick-up", settings: {} },
        { id: "stalls", type: "stalls", settings: {} },
      ],
    },
  },
})
