import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { clientAddress, hostOf, isLocal } from '../intake/client-address.ts'
import { TokenBuckets } from '../intake/token-bucket.ts'

/** 401: a token is needed, or the one that came is wrong. 403: only this machine may. 429: too many wrong ones. */
export type Authorisation = 'allowed' | 401 | 403 | 429

/** Wrong tokens per client: ten, then one in ten seconds. */
const GUESSES = { burst: 10, perSecond: 0.1 }

/**
 * Who may see figures: whoever has the token; without one, this machine. It is asked of every request and not of the address that is listened on,
 * so that it holds as well where another server passes requests on.
 */
export function createAuthorisation(
  token: string | undefined,
  trustProxy: boolean,
  now: () => number,
): (request: IncomingMessage) => Authorisation {
  if (token === undefined) return (request) => (isLocal(request) && !isFromElsewhere(request) ? 'allowed' : 403)
  const expected = digest(token)
  const guesses = new TokenBuckets(GUESSES)
  return (request) => {
    const [, given] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? []
    if (given === undefined) return 401
    // Digests have one length, and comparing them takes the same time whatever is in them.
    if (timingSafeEqual(digest(given), expected)) return 'allowed'
    return guesses.take(clientAddress(request, trustProxy), now()) > 0 ? 429 : 401
  }
}

/** A page of another site that is open on this machine can send requests here, too. */
function isFromElsewhere(request: IncomingMessage): boolean {
  const { headers } = request
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return headers.origin !== undefined && URL.parse(headers.origin)?.host !== hostOf(request)
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
