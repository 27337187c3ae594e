import { useEffect, useState } from "react"

const POLL_MS = 5_000
/** A stream that broke off so often is not tried again. */
const MOST_BREAKS = 3

/**
 * What the shop tells as it changes, beginning with what the page came with. `events`: a stream of events whose data is the
 * whole state as JSON; `poll`: answers the same, asked every five seconds where the stream does not work.
 */
export function useLive<T>({ events, poll }: { events: string; poll: string }, start: T): T {
  const [state, setState] = useState(start)
  useEffect(() => {
    let breaks = 0
    let timer: ReturnType<typeof setInterval> | undefined
    const ask = async () => {
      if (document.hidden) return
      try {
        const answer = await fetch(poll, { headers: { accept: "application/json" } })
        if (answer.ok) setState((await answer.json()) as T)
      } catch {
        // Offline for a while: the next one may come through.
      }
    }
    const stream = new EventSource(events)
    stream.onmessage = ({ data }) => {
      breaks = 0
      setState(JSON.parse(data as string) as T)
    }
    stream.onerror = () => {
      breaks += 1
      if (timer || (stream.readyState !== EventSource.CLOSED && breaks < MOST_BREAKS)) return
      stream.close()
      timer = setInterval(() => void ask(), POLL_MS)
      void ask()
    }
    return () => {
      stream.close()
      clearInterval(timer)
    }
  }, [events, poll])
  return state
}
