import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { Modules, TransactionHandlerType } from "@medusajs/framework/utils"
import { StepResponse } from "@medusajs/framework/workflows-sdk"

/** Answers the waiting step of probe-steps. Medusa's own route does so with a container, which its Redis engine sends through JSON and breaks. */
export const POST = async (req: MedusaRequest<{ transaction: string; word: string }>, res: MedusaResponse) => {
  const { transaction, word } = req.body
  const idempotencyKey = { action: TransactionHandlerType.INVOKE, transactionId: transaction, stepId: "probe-wait", workflowId: "probe-steps" }
  await req.scope.resolve(Modules.WORKFLOW_ENGINE).setStepSuccess({ idempotencyKey, stepResponse: new StepResponse(word) })
  res.json({ answered: true })
}
