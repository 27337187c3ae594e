import type { ReactNode } from "react"
import { Link } from "react-router"

/** A link that a tenant wrote: inside the shop without loading the page again, elsewhere without telling where it came from. */
export function SmartLink({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  if (to.startsWith("/")) return <Link to={to} className={className}>{children}</Link>
  return <a href={to} className={className} rel="noopener noreferrer nofollow">{children}</a>
}
