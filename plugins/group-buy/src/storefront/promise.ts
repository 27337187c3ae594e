import type { CampaignView, TeamView } from "../contract"

const HOUR_MS = 3_600_000

/** How long money is kept for a team: until its own deadline, or for a new one so many hours, unless the campaign closes before that. */
export function teamPromise({ team_hours, closes_at, server_time }: Pick<CampaignView, "team_hours" | "closes_at" | "server_time">, team: Pick<TeamView, "deadline"> | null): { until: string } | { hours: number } {
  if (team) return { until: team.deadline }
  return Date.parse(server_time) + team_hours * HOUR_MS > Date.parse(closes_at) ? { until: closes_at } : { hours: team_hours }
}
