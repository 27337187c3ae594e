import type { Locale } from "@fangshi/contracts"

type Props = { locale: Locale; theme: string; variables: string; bar: string; shop: string; phone: string | undefined; sign: string; nonce: string; texts: { title: string; text: string; again: string; phone: string } }

// All that the page needs is in it: without a network there is nothing to fetch.
const STYLES = `
*{box-sizing:border-box}
html,body{margin:0;min-height:100%}
body{display:grid;place-items:center;min-height:100vh;min-height:100dvh;padding:24px;background:var(--fs-ground);color:var(--fs-ink);font:16px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;text-align:center}
main{width:100%;max-width:420px;padding:40px 24px;border:1px solid var(--fs-line);border-radius:var(--fs-radius);background:var(--fs-card)}
svg{display:block;width:72px;height:72px;margin:0 auto 12px;border-radius:22%}
.name{margin:0 0 24px;color:var(--fs-ink-soft)}
h1{margin:0 0 8px;font-size:24px;line-height:1.3}
p{margin:0 0 8px;text-wrap:balance}
.again{display:inline-flex;align-items:center;justify-content:center;min-height:48px;margin-top:20px;padding:0 32px;border-radius:var(--fs-radius);background:var(--fs-primary);color:var(--fs-on-primary);font-weight:700;text-decoration:none}
.again:focus-visible,.phone:focus-visible{outline:3px solid var(--fs-ink);outline-offset:3px}
.phone{color:inherit}
small{display:block;margin-top:20px;color:var(--fs-ink-soft);font-size:14px}
`

// Back online, the page that was asked for comes by itself; a phone that believes it is online while the shop cannot be reached looks again.
const RETURN = 'addEventListener("online",()=>location.reload());setInterval(()=>navigator.onLine&&location.reload(),5e3)'

/** What a phone without a network shows of a shop. An empty address leads to the page that was asked for. */
export function OfflinePage({ locale, theme, variables, bar, shop, phone, sign, nonce, texts }: Props) {
  return (
    <html lang={locale} data-theme={theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <meta name="theme-color" content={bar} />
        {/* Else a browser would ask for one. */}
        <link rel="icon" href="data:," />
        <title>{`${texts.title} · ${shop}`}</title>
        <style dangerouslySetInnerHTML={{ __html: variables + STYLES }} />
      </head>
      <body>
        <main>
          <svg viewBox="0 0 100 100" aria-hidden="true"><rect width="100" height="100" fill="var(--fs-primary)" /><path d={sign} fill="var(--fs-on-primary)" /></svg>
          <p className="name">{shop}</p>
          <h1>{texts.title}</h1>
          <p>{texts.text}</p>
          <a className="again" href="">{texts.again}</a>
          {phone && <small>{texts.phone} <a className="phone" href={`tel:${phone}`}>{phone}</a></small>}
        </main>
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: RETURN }} />
      </body>
    </html>
  )
}
