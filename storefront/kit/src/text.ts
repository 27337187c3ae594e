/** Plain text as paragraphs: an empty line parts them. */
export const paragraphs = (text: string): string[] => text.split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean)
