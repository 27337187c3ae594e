import { useTheme } from "../ThemeProvider"

/** A price as the shop's theme writes it. Fen; `original` is struck through. Not for the workbench, which has no theme. */
export function Price({ fen, original = null, from = false, size = "small" }: { fen: number; original?: number | null; from?: boolean; size?: "small" | "large" }) {
  const { Price: Shown } = useTheme()
  return <Shown amount={fen / 100} original={original === null ? null : original / 100} from={from} size={size} />
}
