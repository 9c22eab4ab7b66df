import { isUnexpectedPage } from './response-checks.ts'

/** What became of a change: a server has taken it, or refuses it for good, or nobody has said anything that counts. */
type Outcome = 'taken' | 'refused' | 'unanswered'

/** Too slow, too early, too often: says nothing about the change. */
const TRY_AGAIN = new Set([408, 425, 429])

/** What an answer says about the change that was sent. */
export function outcomeOf(request: Request, response: Response): Outcome {
  const { status } = response
  if (isFromBetween(request, response) || status >= 500 || TRY_AGAIN.has(status)) return 'unanswered'
  return status >= 400 ? 'refused' : 'taken'
}

/**
 * Whether somebody between has answered, as captive portals do: from another origin, by the status that is made for it (RFC 6585), or by a page to who did
 * not ask for one. Servers refuse by pages, too, and lead to pages of their own after a change.
 */
export function isFromBetween(request: Request, { redirected, url, status, headers }: Response): boolean {
  if (redirected) return new URL(url).origin !== new URL(request.url).origin
  if (status >= 400) return status === 511
  return isUnexpectedPage(request, headers.get('content-type'))
}

/** Milliseconds that a server asks for by `Retry-After`: seconds, or a date. */
export function retryAfter({ headers }: Response): number {
  const wanted = headers.get('retry-after') ?? ''
  return Math.max(0, /^\d+$/.test(wanted) ? Number(wanted) * 1000 : Date.parse(wanted) - Date.now() || 0)
}
