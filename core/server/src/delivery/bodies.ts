import { because, deliverySlot, isForward, pickUpPoint } from "@fangshi/contracts"
import { z } from "zod"

const open = z.boolean().default(true)

/** A point as the workbench sends it. */
export const pointBody = pickUpPoint.extend({ open })

/** A slot as the workbench sends it. */
export const slotBody = deliverySlot.extend({ open }).refine(isForward, { ...because("必须晚于开始时间", "must be later than the beginning"), path: ["to"] })
