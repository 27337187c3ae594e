import { type ErrorCode, type ErrorParams, FangshiError, type LocalizedText } from "@fangshi/contracts"

/** A line of a tenant's file, named from the tenant's folder on: noodles/tenant.yaml, 7. No line where the whole file is meant. */
export type Place = { file: string; line?: number }

/** An error in a tenant's file: every text names file and line. */
export class FileError extends FangshiError {
  constructor(
    code: ErrorCode,
    private readonly place: Place,
    params: ErrorParams = {},
    problem: LocalizedText | null = null,
  ) {
    super(code, { ...params, ...place, ...(problem ? { problem } : {}) })
    this.message = this.placed(this.message)
  }

  override toJSON() {
    const json = super.toJSON()
    return { ...json, text: { "zh-CN": this.placed(json.text["zh-CN"]), en: this.placed(json.text.en) } }
  }

  // Some texts name the place themselves, others only what is wrong with a host or an id.
  private placed(text: string): string {
    const { file, line } = this.place
    return line === undefined || text.includes(`${file}:${line}`) ? text : `${file}:${line} ${text}`
  }
}
