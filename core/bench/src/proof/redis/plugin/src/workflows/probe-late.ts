import { StepResponse, WorkflowResponse, createStep, createWorkflow } from "@medusajs/framework/workflows-sdk"
import { leaveNote } from "../leave-note"

type Input = { word: string }

const undoable = createStep(
  "probe-undoable",
  async ({ word }: Input, { container, transactionId }) => {
    await leaveNote(container, `done:${String(transactionId)}`, word)
    return new StepResponse(word, word)
  },
  async (word, { container, transactionId }) => leaveNote(container, `undone:${String(transactionId)}`, word ?? ""),
)

/** Nobody answers within the second it waits. */
const unanswered = createStep({ name: "probe-unanswered", async: true, timeout: 1 }, async () => undefined)

/** Runs into its time limit and is taken back by whichever process the timer wakes. */
export const probeLate = createWorkflow({ name: "probe-late", retentionTime: 3_600 }, (input: Input) => {
  const done = undoable(input)
  unanswered()
  return new WorkflowResponse(done)
})
