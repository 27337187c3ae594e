import { categoryField, choiceField, defineSection, defineTheme, imageField, linkField, longTextField, numberField, productsField, switchField, textField, z } from "@fangshi/contracts"
import { look } from "./look"

const ANYWHERE = ["home", "category", "product", "article", "landing"] as const
const count = (start: number) => numberField({ "zh-CN": "数量", en: "How many" }, { least: 1, most: 48, start })

export const manifest = defineTheme({
  ...look,
  sections: {
    "hero": defineSection({
      title: { "zh-CN": "头图", en: "Hero" },
      pages: ["home", "landing"],
      most: 1,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题（空则用店铺口号）", en: "Heading (empty: the shop's slogan)" }),
        text: textField({ "zh-CN": "副标题", en: "Line below" }, null, 200),
        button: textField({ "zh-CN": "按钮", en: "Button" }, null, 20),
        link: linkField({ "zh-CN": "按钮链接", en: "Where the button leads" }),
        image: imageField({ "zh-CN": "图片", en: "Picture" }),
      }),
    }),
    "notice": defineSection({
      title: { "zh-CN": "公告", en: "Notice" },
      pages: ANYWHERE,
      settings: z.strictObject({ text: textField({ "zh-CN": "内容", en: "Text" }, null, 200), link: linkField({ "zh-CN": "链接", en: "Link" }) }),
    }),
    "category-grid": defineSection({
      title: { "zh-CN": "分类入口", en: "Ways in" },
      pages: ["home", "landing"],
      most: 1,
      settings: z.strictObject({ count: numberField({ "zh-CN": "数量", en: "How many" }, { least: 3, most: 20, start: 10 }) }),
      query: ({ count: limit }) => ({ categories: { limit, products: 0 } }),
    }),
    "product-grid": defineSection({
      title: { "zh-CN": "商品列表", en: "Products" },
      pages: ANYWHERE,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }, { "zh-CN": "店主推荐", en: "Picked for you" }),
        source: choiceField({ "zh-CN": "商品来源", en: "Which products" }, { recommended: { "zh-CN": "推荐", en: "Recommended" }, newest: { "zh-CN": "最新上架", en: "Newest" }, chosen: { "zh-CN": "手动选择", en: "Chosen by hand" } }),
        category: categoryField({ "zh-CN": "只看分类", en: "Of one category" }),
        products: productsField({ "zh-CN": "手动选择的商品", en: "Chosen products" }),
        count: count(8),
      }),
      query: ({ source, category, products, count: limit }) => ({
        products: source === "chosen" ? { handles: products, limit } : { ...(category ? { category } : {}), order: source, limit },
      }),
    }),
    "category-rows": defineSection({
      title: { "zh-CN": "分类商品", en: "Products by category" },
      pages: ["home", "landing"],
      most: 1,
      settings: z.strictObject({
        categories: numberField({ "zh-CN": "分类数量", en: "How many categories" }, { least: 1, most: 10, start: 3 }),
        products: numberField({ "zh-CN": "每类商品数", en: "Products of each" }, { least: 2, most: 12, start: 4 }),
      }),
      query: ({ categories: limit, products }) => ({ categories: { limit, products } }),
    }),
    "banner": defineSection({
      title: { "zh-CN": "横幅", en: "Banner" },
      pages: ANYWHERE,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }),
        text: textField({ "zh-CN": "说明", en: "Text" }, null, 200),
        image: imageField({ "zh-CN": "图片", en: "Picture" }),
        link: linkField({ "zh-CN": "链接", en: "Link" }),
        tone: choiceField({ "zh-CN": "色调", en: "Tone" }, { accent: { "zh-CN": "强调", en: "Accent" }, primary: { "zh-CN": "主色", en: "Main colour" }, plain: { "zh-CN": "朴素", en: "Plain" } }),
      }),
    }),
    "rich-text": defineSection({
      title: { "zh-CN": "图文", en: "Text" },
      pages: ANYWHERE,
      settings: z.strictObject({
        heading: textField({ "zh-CN": "标题", en: "Heading" }),
        body: longTextField({ "zh-CN": "正文", en: "Text" }),
        image: imageField({ "zh-CN": "图片", en: "Picture" }),
        centred: switchField({ "zh-CN": "居中", en: "Centred" }, false),
      }),
    }),
  },
  pages: {
    home: {
      sections: [
        { id: "hero", type: "hero", settings: {} },
        { id: "ways", type: "category-grid", settings: {} },
        { id: "picked", type: "product-grid", settings: {} },
        { id: "rows", type: "category-rows", settings: {} },
      ],
    },
    category: { sections: [{ id: "main", type: "main", settings: {} }] },
    product: { sections: [{ id: "main", type: "main", settings: {} }] },
  },
})
