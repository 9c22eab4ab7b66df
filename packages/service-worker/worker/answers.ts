import { isUnexpectedPage } from './response-checks.ts'

/** What became of a change: a server has taken it, or refuses it for good, or nobody has said anything that counts. */
type Outcome = 'taken' | 'refused' | 'unanswered'

/** Too slow, too early, too often: says nothing about the change. */
const TRY_AGAIN = new Set([408, 425, 429])

/** What an answer says about the change that was sent. */
export function outcomeOf(request: Request, response: Response): Outcome {
  const { status } = response
  if (status >= 500 || TRY_AGAIN.has(status)) return 'unanswered'
  if (status >= 400) return 'refused'
  return isFromBetween(request, response) ? 'unanswered' : 'taken'
}

/** Whether somebody between has answered, as captive portals do: from another origin, or by a page to who did not ask for one. */
export function isFromBetween(request: Request, response: Response): boolean {
  const { redirected, url, headers } = response
  return (
    (redirected && new URL(url).origin !== new URL(request.url).origin) ||
    isUnexpectedPage(request, headers.get('content-type'))
  )
}

/** Milliseconds that a server asks for by `Retry-After`: seconds, or a date. */
export function retryAfter({ headers }: Response): number {
  const wanted = headers.get('retry-after') ?? ''
  return Math.max(0, /^\d+$/.test(wanted) ? Number(wanted) * 1000 : Date.parse(wanted) - Date.now() || 0)
}
