import { useEffect, useRef } from "react"
import { useRevalidator } from "react-router"

/** Reads the page anew whenever what is told live changes: a shopper's own part is told to nobody else. */
export function useFresh(told: string): void {
  const { revalidate } = useRevalidator()
  const known = useRef(told)
  useEffect(() => {
    if (known.current === told) return
    known.current = told
    void revalidate()
  }, [told, revalidate])
}
