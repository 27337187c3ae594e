/** GET /now.json: the shop's time, for pages that count down. */
export const loader = () => Response.json({ now: new Date().toISOString() }, { headers: { "cache-control": "no-store" } })
