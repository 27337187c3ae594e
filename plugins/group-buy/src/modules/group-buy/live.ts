import type { LiveProgress } from "../../contract"
import type { Ctx } from "./ctx"
import { NEXT_ID } from "./next-id"
import { campaignRow } from "./rows"

export const liveTopic = (campaign_id: string): string => `campaign:${campaign_id}`

/** What a watcher sees now; null for a campaign that is not there or not shown yet. */
export async function readProgress({ db, ports }: Ctx, campaign_id: string): Promise<LiveProgress | null> {
  const [row] = await db.rows(`select c.*, ${NEXT_ID} from group_buy_campaign c where c.id = ? and c.status <> 'draft'`, [campaign_id])
  if (!row) return null
  const items = await db.rows<{ id: string; left: string }>("select id, stock - reserved - sold as left from group_buy_campaign_item where campaign_id = ? order by position", [campaign_id])
  const { status, paid_people, paid_pieces, paid_amount } = campaignRow(row)
  return { campaign_id, status, next_id: row.next_id as string | null, progress: { people: paid_people, pieces: paid_pieces, amount: paid_amount }, items: items.map(({ id, left }) => ({ id, left: Number(left) })), server_time: ports.clock.now().toISOString() }
}

export async function publishProgress(ctx: Ctx, campaign_id: string): Promise<void> {
  const progress = await readProgress(ctx, campaign_id)
  if (progress) ctx.ports.live.publish(liveTopic(campaign_id), progress)
}
