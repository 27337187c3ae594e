import { asOwner } from "@fangshi/testing"
import { shopId } from "./bench-shop"
import type { BenchDatabase } from "./children"

/** What a shopper's browser knows of a shop. */
export type Shop = { host: string; key: string; region: string; variants: string[] }

/** The vanilla database's only shop. */
export async function vanillaShops({ ownerUrl }: BenchDatabase): Promise<Shop[]> {
  return asOwner<Shop>(
    ownerUrl,
    `select $1 as host, (select token from api_key where type = 'publishable' limit 1) as key, (select id from region limit 1) as region,
       (select array_agg(id order by sku) from product_variant) as variants`,
    [`${shopId(1)}.bench.example`],
  )
}

/** Every shop of a platform, in an order that looks random but is the same each time. */
export async function fangshiShops({ ownerUrl }: BenchDatabase): Promise<Shop[]> {
  return asOwner<Shop>(
    ownerUrl,
    `select h.host, t.publishable_key as key, r.id as region, v.variants
       from tenancy.tenant t join tenancy.tenant_host h on h.tenant_id = t.id join region r on r.tenant_id = t.id
       join (select tenant_id, array_agg(id order by sku) as variants from product_variant group by 1) v on v.tenant_id = t.id
      where t.id like 'shop-%' order by md5(t.id)`,
  )
}
