/** A heading that breaks between its phrases where there is room for it, not in the middle of a Chinese word. */
export function Phrases({ text }: { text: string }) {
  const phrases = text.match(/[^，。！？、；：]+[，。！？、；：]*/gu) ?? [text]
  if (phrases.length < 2) return text
  return phrases.map((phrase, i) => <span key={i} className="fs-phrase">{phrase}</span>)
}
