/** Ends what global set-up started. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { fangshiTestEnd?: () => Promise<void> }).fangshiTestEnd?.()
}
