/** Words of letters with a space alike stay whole; of Chinese each character may begin a line. Emoji are not cut. */
const PIECES = /[\p{Script=Latin}\p{N}'’.,:;!?%/-]+\s*|\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|\ufe0f)*|./gsu

/** Breaks a text into at most `most` lines that `measure` finds no wider than `width`; what does not fit ends with an ellipsis. */
export function wrapLines(text: string, measure: (line: string) => number, width: number, most: number): string[] {
  const pieces = (text.match(PIECES) ?? []).flatMap((piece) => (measure(piece.trimEnd()) > width ? [...piece] : [piece]))
  const lines: string[] = []
  let line = ""
  for (const piece of pieces) {
    if (line && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line.trim()) lines.push(line.trimEnd())
  return lines.length > most ? [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(""), measure, width)] : lines
}

function cut(text: string, measure: (line: string) => number, width: number): string {
  const letters = text.match(PIECES)?.flatMap((piece) => (/^\p{Extended_Pictographic}/u.test(piece) ? [piece] : [...piece])) ?? []
  while (letters.length > 1 && measure(`${letters.join("")}…`) > width) letters.pop()
  return `${letters.join("").trimEnd()}…`
}
