/**
 * Programs that say that they are one. Their pages are kept apart, not thrown away: what a crawler sees is worth knowing, and it is nobody's
 * experience. `Lighthouse` is what PageSpeed says; headless browsers are labs.
 */
const BOT =
  /(?<!cu)bot\b|bot[/;)]|crawl|spider|slurp|lighthouse|headless|phantom|puppeteer|playwright|pingdom|monitor|facebookexternalhit|preview|curl\/|wget\/|python-requests|go-http-client/i

/** Millions of pages have a few hundred user agents. */
const MOST_KNOWN = 1000
const known = new Map<string, boolean>()

export function isBot(userAgent: string | undefined): boolean {
  if (userAgent === undefined || userAgent === '') return true
  const answer = known.get(userAgent)
  if (answer !== undefined) return answer
  if (known.size >= MOST_KNOWN) known.clear()
  const found = BOT.test(userAgent)
  known.set(userAgent, found)
  return found
}
