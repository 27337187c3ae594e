import { categoryField, defineSection, defineTheme, imageField, linkField, numberField, textField, z } from "@fangshi/contracts"
import { look } from "./look"

const START = ["home", "landing"] as const

const chosenCategory = {
  category: categoryField({ "zh-CN": "分类（空则按次序）", en: "Category (empty: by its place)" }),
}
const place = (start: number) => numberField({ "zh-CN": "第几个分类", en: "Which category, counted" }, { least: 1, most: 20, start })

export const manifest = defineTheme({
  ...look,
  sections: {
    "stage": defineSection({
      title: { "zh-CN": "舞台头图", en: "Stage" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题（空则用店铺口号）", en: "Heading (empty: the shop's slogan)" }),
        text: textField({ "zh-CN": "副标题", en: "Line below" }, null, 200),
        button: textField({ "zh-CN": "按钮", en: "Button" }, { "zh-CN": "挑个包厢", en: "Pick a room" }, 20),
        link: linkField({ "zh-CN": "按钮链接（空则第一个分类）", en: "Where the button leads (empty: the first category)" }),
        image: imageField({ "zh-CN": "图片（空则画舞台）", en: "Picture (empty: a drawn stage)" }),
      }),
      query: () => ({ categories: { limit: 1, products: 0 } }),
    }),
    "rooms": defineSection({
      title: { "zh-CN": "包厢大卡", en: "Rooms" },
      pages: START,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题（空则用分类名）", en: "Heading (empty: the category's name)" }),
        ...chosenCategory,
        place: place(1),
        count: numberField({ "zh-CN": "数量", en: "How many" }, { least: 2, most: 15, start: 5 }),
      }),
      query: ({ category, place: at, count }) => (category ? { products: { category, limit: count } } : { categories: { skip: at - 1, limit: 1, products: count } }),
    }),
    "packages": defineSection({
      title: { "zh-CN": "套餐门票", en: "Packages" },
      pages: START,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题（空则用分类名）", en: "Heading (empty: the category's name)" }),
        ...chosenCategory,
        place: place(2),
        count: numberField({ "zh-CN": "数量", en: "How many" }, { least: 2, most: 12, start: 6 }),
      }),
      query: ({ category, place: at, count }) => (category ? { products: { category, limit: count } } : { categories: { skip: at - 1, limit: 1, products: count } }),
    }),
    "bar-menu": defineSection({
      title: { "zh-CN": "酒水小食单", en: "Bar menu" },
      pages: START,
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "今晚吃喝点什么", en: "From the bar and the kitchen" }),
        from: place(4),
        categories: numberField({ "zh-CN": "分类数量", en: "How many categories" }, { least: 1, most: 6, start: 3 }),
        products: numberField({ "zh-CN": "每类商品数", en: "Products of each" }, { least: 2, most: 10, start: 5 }),
      }),
      query: ({ from, categories: limit, products }) => ({ categories: { skip: from - 1, limit, products } }),
    }),
  },
  pages: {
    home: {
      sections: [
        { id: "stage", type: "stage", settings: {} },
        { id: "rooms", type: "rooms", settings: {} },
        { id: "packages", type: "packages", settings: {} },
        { id: "party", type: "rooms", settings: { place: 3 } },
        { id: "menu", type: "bar-menu", settings: {} },
      ],
    },
  },
})
