/** A column of a query on c, a campaign: the cycle after it, as far as shoppers see it. */
export const NEXT_ID = "(select n.id from group_buy_campaign n where n.previous_id = c.id and n.status not in ('draft', 'refused')) as next_id"
