import { Sections } from "@fangshi/storefront/app/Sections"
import { type CategoryLink, LanguageProvider, type PublicShop, ShopProvider, type ShownSection, type Theme, ThemeProvider } from "@fangshi/storefront-kit"
import type { i18n } from "i18next"

type DrawnPageProps = { theme: Theme; shop: PublicShop; language: i18n; categories: CategoryLink[]; sections: ShownSection[] }

/** A page of a theme: its layout, and in it these sections. */
export function DrawnPage({ theme, shop, language, categories, sections }: DrawnPageProps) {
  return (
    <LanguageProvider value={language}>
      <ThemeProvider theme={theme}>
        <ShopProvider shop={shop}>
          <theme.Layout categories={categories}>
            {/* A frame that takes no part in the layout: by it a section is found again in the page. */}
            {sections.map((section) => <div key={section.id} data-section={section.type} style={{ display: "contents" }}><Sections sections={[section]} /></div>)}
          </theme.Layout>
        </ShopProvider>
      </ThemeProvider>
    </LanguageProvider>
  )
}
