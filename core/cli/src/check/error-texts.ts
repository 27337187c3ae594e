import { ERRORS, LOCALES, type LocalizedText } from "@fangshi/contracts"

type ErrorTexts = Record<string, { text: LocalizedText; hint: LocalizedText }>

/** What is wrong with the texts of error codes: an empty language, or {parameters} that only one language names. */
export const errorTextProblems = (errors: ErrorTexts = ERRORS): string[] =>
  Object.entries(errors).flatMap(([code, { text, hint }]) => [...partProblems(`${code}.text`, text), ...partProblems(`${code}.hint`, hint)])

function partProblems(part: string, texts: LocalizedText): string[] {
  const empty = LOCALES.filter((locale) => texts[locale].trim() === "").map((locale) => `${part} is empty in ${locale}`)
  const [first, ...others] = LOCALES.map((locale) => parameters(texts[locale]))
  return others.every((other) => other === first) ? empty : [...empty, `${part} has different parameters: ${[first, ...others].map((names) => names || "none").join(" / ")}`]
}

const parameters = (text: string): string => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""))].sort().join(", ")
