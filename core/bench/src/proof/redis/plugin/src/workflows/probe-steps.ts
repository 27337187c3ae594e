import { StepResponse, WorkflowResponse, createStep, createWorkflow } from "@medusajs/framework/workflows-sdk"
import { leaveNote } from "../leave-note"

type Input = { word: string }

const begin = createStep("probe-begin", async ({ word }: Input, { container, transactionId }) => {
  await leaveNote(container, `begin:${String(transactionId)}`, word)
  return new StepResponse(word)
})

/** In the background, and only at the second attempt, a second later. */
const stumble = createStep({ name: "probe-stumble", async: true, maxRetries: 1, retryInterval: 1 }, async ({ word }: Input, { container, transactionId, attempt }) => {
  await leaveNote(container, `stumble:${String(transactionId)}`, word)
  if (attempt < 2) throw new Error("not yet")
  return new StepResponse(word)
})

/** Without an answer Medusa waits until somebody gives one. */
const wait = createStep({ name: "probe-wait", async: true }, async ({ word }: Input, { container, transactionId }) => {
  await leaveNote(container, `wait:${String(transactionId)}`, word)
})

const end = createStep("probe-end", async ({ word }: Input, { container, transactionId }) => {
  await leaveNote(container, `end:${String(transactionId)}`, word)
  return new StepResponse(word)
})

/** At once, in the background, retried, answered from outside, and at once again. */
export const probeSteps = createWorkflow({ name: "probe-steps", retentionTime: 3_600 }, (input: Input) => {
  begin(input)
  stumble(input)
  wait(input)
  return new WorkflowResponse(end(input))
})
