import { setFlagsFromString } from "node:v8"

/**
 * Nearly everything that Medusa makes while it starts lives on. V8 concludes that what is made at those places lives long,
 * puts it among old objects from the beginning, and goes on so with requests: whatever hangs on one stays until the next
 * full garbage collection. Measured: a server that had loaded Medusa and then answered a dozen bytes by Node's own http
 * spent two thirds of its time on copying dead requests. Has to come before Medusa is loaded.
 */
setFlagsFromString("--no-allocation-site-pretenuring")
