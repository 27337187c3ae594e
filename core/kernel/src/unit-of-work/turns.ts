/** Lets `places` callers in at once, in the order they came. */
export class Turns {
  private readonly waiting: (() => void)[] = []

  constructor(private places = 1) {}

  /** Waits for a place and gives back what leaves it again; leaving twice is once. */
  async take(): Promise<() => void> {
    if (this.places > 0) this.places--
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    let left = false
    return () => {
      if (left) return
      left = true
      const next = this.waiting.shift()
      if (next) next()
      else this.places++
    }
  }
}
