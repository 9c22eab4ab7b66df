/** Tells whether a page, as it came from an address, is one of the app. */
export type PageCheck = (html: string, href: string) => Promise<boolean>

const CODE = /\.(?:m?js|css)$/
/** A name that only this build gives: `main.css` may be anybody's. */
const HASHED = /[-.][\w-]{8,}\.\w+$/
/** Addresses of scripts and styles, in attributes and in scripts. */
const NAMED = /["'=]([^"'\s<>=]+\.(?:m?js|css))(?=["'?#\s>])/g

/**
 * A captive portal answers every address with its own page, by the status and the type of one of ours. Ours name a script or a style of the build, and
 * nobody else's do; those of other releases are known by their records, which a new worker writes before anything else.
 *
 * @param marker what else every page of the app has, where somebody has said so
 * @param released URLs of the files of all releases that are stored, relative to the scope
 */
export function ownPages(
  scope: string,
  urls: readonly string[],
  marker: RegExp | undefined,
  released: () => Promise<readonly string[]>,
): PageCheck {
  if (marker) return async (html) => html.search(marker) >= 0
  const own = codeOf(urls, scope)
  return async (html, href) => {
    const named = Array.from(html.matchAll(NAMED), ([, url]) => url!)
    const isAmong = (known: ReadonlySet<string>): boolean =>
      // A page may have a `<base>`: that of the app, then.
      named.some((url) => [href, scope].some((base) => URL.canParse(url, base) && known.has(new URL(url, base).href)))
    return isAmong(own) || isAmong(codeOf(await released().catch(() => []), scope))
  }
}

function codeOf(urls: readonly string[], scope: string): Set<string> {
  const code = urls.filter((url) => CODE.test(url))
  const hashed = code.filter((url) => HASHED.test(url))
  return new Set((hashed.length > 0 ? hashed : code).map((url) => new URL(url, scope).href))
}
