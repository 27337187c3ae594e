import { StepResponse, WorkflowResponse, createStep, createWorkflow } from "@medusajs/framework/workflows-sdk"
import { leaveNote } from "../leave-note"

const tick = createStep("probe-schedule-tick", async (scheduledFor: string, { container }) => {
  await leaveNote(container, `flow:${new Date(scheduledFor).getTime()}`, "tick")
  return new StepResponse(scheduledFor)
})

/** A workflow that is on the schedule itself, without a job. */
export const probeSchedule = createWorkflow({ name: "probe-schedule", schedule: { interval: 3_000 } }, (input: { scheduledFor: string }) => new WorkflowResponse(tick(input.scheduledFor)))
