/** What a browser hands over where it would keep the shop beside its apps. Safari and WeChat's browser never do. */
export type InstallOffer = Event & { prompt: () => Promise<unknown> }

let offer: InstallOffer | null = null
const watchers = new Set<() => void>()

function change(to: InstallOffer | null): void {
  offer = to
  for (const watcher of watchers) watcher()
}

/** Begins to listen: the offer comes once, maybe before the page that shows it. */
export function awaitInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault()
    change(event as InstallOffer)
  })
  addEventListener("appinstalled", () => change(null))
}

export const installOffer = () => offer
/** An offer can be taken up once. */
export const forgetInstallOffer = () => change(null)

export function watchInstallOffer(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}
