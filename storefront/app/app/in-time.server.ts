/** What `work` brings, or an error where it takes longer than `patience_ms`. */
export function inTime<T>(work: Promise<T>, patience_ms: number): Promise<T> {
  let bell: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => (bell = setTimeout(() => reject(new Error(`not there after ${patience_ms} ms`)), patience_ms)))
  return Promise.race([work, late]).finally(() => clearTimeout(bell))
}
