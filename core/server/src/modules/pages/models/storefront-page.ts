import { model } from "@medusajs/framework/utils"

/** A page of the shop, one per theme, kind and handle: a shop that changes its theme and comes back finds its pages again. */
export const StorefrontPage = model
  .define("storefront_page", {
    id: model.id({ prefix: "spage" }).primaryKey(),
    theme: model.text(),
    kind: model.text(),
    handle: model.text(),
    title: model.json().nullable(),
    /** What is being worked on; null once it is published. */
    draft: model.json().nullable(),
    draft_theme_version: model.text().nullable(),
    draft_by: model.text().nullable(),
    /** Counts the saves, so that two people who edit at once do not undo each other. */
    version: model.number().default(0),
    /** Opens the draft to whoever has the link; another one after each publication. */
    preview_token: model.text(),
    /** The revision that shoppers see; null for the theme's own page, or none. */
    published_number: model.number().nullable(),
    revisions: model.hasMany(() => StorefrontPageRevision, { mappedBy: "page" }),
  })
  .indexes([{ on: ["theme", "kind", "handle"], unique: true, where: "deleted_at IS NULL" }])

/** A page as it was published. Never changed afterwards. */
export const StorefrontPageRevision = model
  .define("storefront_page_revision", {
    id: model.id({ prefix: "sprev" }).primaryKey(),
    number: model.number(),
    /** The revision that shoppers saw before it, to which a step back returns; null for the theme's own page, or none. */
    replaced_number: model.number().nullable(),
    document: model.json(),
    theme_version: model.text(),
    published_by: model.text().nullable(),
    page: model.belongsTo(() => StorefrontPage, { mappedBy: "revisions" }),
  })
  .indexes([{ on: ["page_id", "number"], unique: true }])
