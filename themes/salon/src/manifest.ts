import { choiceField, defineSection, defineTheme, imageField, linkField, longTextField, numberField, productsField, textField, z } from "@fangshi/contracts"
import { look } from "./look"

const START = ["home", "landing"] as const
const ANYWHERE = ["home", "category", "product", "article", "landing"] as const

export const manifest = defineTheme({
  ...look,
  sections: {
    "frontispiece": defineSection({
      title: { "zh-CN": "卷首", en: "Frontispiece" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题（空则用店铺口号）", en: "Heading (empty: the shop's slogan)" }),
        text: textField({ "zh-CN": "副标题", en: "Line below" }, null, 200),
        button: textField({ "zh-CN": "按钮", en: "Button" }, null, 20),
        link: linkField({ "zh-CN": "按钮链接", en: "Where the button leads" }),
        image: imageField({ "zh-CN": "图片（空则用商品）", en: "Picture (empty: a product's)" }),
        products: productsField({ "zh-CN": "卷首商品（空则用第一件推荐）", en: "Product shown (empty: the first recommended)" }, 1),
      }),
      query: ({ products }) => ({ products: products.length ? { handles: products, limit: 1 } : { order: "recommended", limit: 1 } }),
    }),
    "origins": defineSection({
      title: { "zh-CN": "按产地", en: "By origin" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "从产地说起", en: "Where it comes from" }),
        count: numberField({ "zh-CN": "产地数量", en: "How many countries" }, { least: 2, most: 12, start: 6 }),
      }),
      query: () => ({ products: { order: "recommended", limit: 60 } }),
    }),
    "chapters": defineSection({
      title: { "zh-CN": "分类章节", en: "Chapters" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        from: numberField({ "zh-CN": "从第几个分类起", en: "From which category, counted" }, { least: 1, most: 20, start: 1 }),
        chapters: numberField({ "zh-CN": "章节数量", en: "How many chapters" }, { least: 1, most: 8, start: 4 }),
      }),
      query: ({ from, chapters: limit }) => ({ categories: { skip: from - 1, limit, products: 3 } }),
    }),
    "principles": defineSection({
      title: { "zh-CN": "三条说明", en: "Three principles" },
      pages: ANYWHERE,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "我们的规矩", en: "How we keep shop" }),
        first: textField({ "zh-CN": "第一条", en: "First" }, { "zh-CN": "来自哪里，写在名字前面。", en: "Where it comes from stands before its name." }, 80),
        second: textField({ "zh-CN": "第二条", en: "Second" }, { "zh-CN": "价格已含税，看到多少就是多少。", en: "Prices include tax: what you see is what you pay." }, 80),
        third: textField({ "zh-CN": "第三条", en: "Third" }, { "zh-CN": "收到货，再付款。", en: "You pay when it is in your hands." }, 80),
      }),
    }),
    "essay": defineSection({
      title: { "zh-CN": "短文", en: "Essay" },
      pages: ANYWHERE,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }),
        body: longTextField({ "zh-CN": "正文", en: "Text" }),
        image: imageField({ "zh-CN": "图片", en: "Picture" }),
        side: choiceField({ "zh-CN": "图片位置", en: "Picture on the" }, { left: { "zh-CN": "左", en: "Left" }, right: { "zh-CN": "右", en: "Right" } }),
      }),
    }),
  },
  pages: {
    home: {
      sections: [
        { id: "front", type: "frontispiece", settings: {} },
        { id: "origins", type: "origins", settings: {} },
        { id: "chapters", type: "chapters", settings: {} },
        { id: "principles", type: "principles", settings: {} },
        { id: "newest", type: "product-grid", settings: { heading: { "zh-CN": "近来上架", en: "Lately arrived" }, source: "newest", count: 8 } },
      ],
    },
  },
})
