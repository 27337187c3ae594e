import type { ProductTile } from "@fangshi/storefront-kit"
import { Slot, useShop } from "@fangshi/storefront-kit"
import { useTranslation } from "react-i18next"
import { Link, type LoaderFunctionArgs, useLoaderData } from "react-router"
import { localeOf } from "../locale.server"
import { categoryIds, listTiles, shopFrame, topCategories } from "../shop-api.server"
import { themeNamed } from "../themes"

const SECTIONS = 3
const PER_SECTION = 4

export async function loader({ request, context: { shop } }: LoaderFunctionArgs) {
  const locale = await localeOf(request, shop)
  const frame = await shopFrame(shop, locale)
  const categories = topCategories(frame)
  const [latest, ...sections] = await Promise.all([
    listTiles(shop, locale, { limit: 8, order: "created_at" }),
    ...categories.slice(0, SECTIONS).map(async (category) => ({
      category,
      tiles: (await listTiles(shop, locale, { limit: PER_SECTION, category_id: categoryIds(frame, category.handle) })).tiles,
    })),
  ])
  return { categories, latest: latest.tiles, sections: sections.filter((section) => section.tiles.length > 0) }
}

export default function Home() {
  const { t } = useTranslation()
  const { categories, latest, sections } = useLoaderData<typeof loader>()
  const { Hero } = themeNamed(useShop().theme)
  return (
    <>
      <Hero categories={categories} />
      <Slot name="home.below-hero" />
      {latest.length === 0 && <p className="fs-empty">{t("list.empty")}</p>}
      {latest.length > 0 && <Section title={t("home.featured")} tiles={latest} first />}
      {sections.map(({ category, tiles }) => (
        <Section key={category.handle} title={category.name} more={`/c/${category.handle}`} tiles={tiles} />
      ))}
    </>
  )
}

function Section({ title, tiles, more, first }: { title: string; tiles: ProductTile[]; more?: string; first?: boolean }) {
  const { t } = useTranslation()
  const { ProductCard } = themeNamed(useShop().theme)
  return (
    <section className="fs-section">
      <div className="fs-section-head">
        <h2>{title}</h2>
        {more && <Link to={more} aria-label={`${title} ${t("home.all")}`}>{t("home.all")} ›</Link>}
      </div>
      <div className="fs-grid">
        {tiles.map((tile, i) => (
          <ProductCard key={tile.handle} product={tile} first={first && i === 0} />
        ))}
      </div>
    </section>
  )
}
