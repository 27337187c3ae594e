import { z } from "zod"

/** The context in which the platform itself works: migrations, provider sync, tenant lifecycle. Never a shop. */
export const PLATFORM_TENANT = "__platform__"

/** The tenant every new shop is copied from. It has no host, so no request reaches it. */
export const BLUEPRINT_TENANT = "__blueprint__"

/** Names that would be mistaken for a part of the platform when they stand in a host or a path. */
export const RESERVED_TENANT_IDS: readonly string[] = [
  "admin", "api", "app", "assets", "auth", "blueprint", "cdn", "console", "fangshi", "health", "help", "hooks", "localhost",
  "mail", "metrics", "operator", "platform", "public", "root", "static", "status", "store", "support", "system", "workbench", "www",
]

/** 2 to 40 characters, lower-case letters, digits and inner hyphens: safe in a host name, a path, a file name and a SQL setting. */
export const tenantId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/, { error: "TENANT_ID_INVALID" })
  .refine((id) => !RESERVED_TENANT_IDS.includes(id), { error: "TENANT_ID_RESERVED" })

/** A host name as a browser sends it, without port: lower case, at most 253 characters. */
export const hostName = z
  .string()
  .max(253, { error: "HOST_INVALID" })
  .regex(/^(?!-)(?:[a-z0-9-]{1,63}(?<!-)\.)*[a-z0-9-]{1,63}(?<!-)$/, { error: "HOST_INVALID" })

export const TENANT_STATUSES = ["provisioning", "active", "suspended", "archived"] as const
export type TenantStatus = (typeof TENANT_STATUSES)[number]
