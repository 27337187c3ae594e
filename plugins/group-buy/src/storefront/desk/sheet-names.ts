/** What a campaign is bought, sorted, picked and driven by. */
export const SHEETS = ["purchase", "sorting", "picking", "run"] as const
