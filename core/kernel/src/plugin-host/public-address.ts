import ipaddr from "ipaddr.js"

/** Public by their number, and yet only of the machine's own network: the metadata server of Azure, the relay of 6to4, examples in books. */
const NOT_PUBLIC = ["168.63.129.16/32", "192.88.99.0/24", "3fff::/20"].map((block) => ipaddr.parseCIDR(block))

/** All addresses of version 6 that are given out as public. */
const GIVEN_OUT = ipaddr.parseCIDR("2000::/3")

/** Whether an address, as the look-up of a name gave it, is one of the public internet: not private, loopback, link-local, multicast, of a carrier's or cloud's inside, nor one that wraps another address. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== "unicast") return false
  if (parsed.kind() === "ipv6" && !parsed.match(GIVEN_OUT)) return false
  return !NOT_PUBLIC.some(([block, bits]) => block.kind() === parsed.kind() && parsed.match(block, bits))
}
