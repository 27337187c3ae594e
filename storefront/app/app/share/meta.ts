import type { MetaDescriptor } from "react-router"

/** The tags that a page's loader made; none where the page failed. */
export const metaOfLoader = ({ loaderData }: { loaderData?: { meta: MetaDescriptor[] } | undefined }): MetaDescriptor[] => loaderData?.meta ?? []
