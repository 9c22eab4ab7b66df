import type { ResolvedRedisOptions } from '../options.ts'

/** What was wrong, as the rest of a sentence that begins with the URL, and what to do. */
export interface Trouble {
  readonly problem: string
  readonly advice: string
}

const CHECK = 'Check the URL and the server, or turn it off with `cache: { redis: false }`.'

const byNodeCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ENOTFOUND: 'has a host name that nobody knows',
  EAI_AGAIN: 'has a host name that could not be looked up',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  ETIMEDOUT: 'did not answer',
}

const TIMEOUTS: ReadonlySet<string> = new Set(['ConnectionTimeoutError', 'SocketTimeoutError'])

/** The class of an error of the client. They carry no other name, and the client is not loaded where only their kind is asked for. */
export function kindOfError(error: unknown): string {
  return (error as Error).constructor.name
}

/** Says in words what an error of the client or a reply of the server means. */
export function describeTrouble(error: unknown, { timeout, url }: ResolvedRedisOptions): Trouble {
  const { code = '', message } = error as NodeJS.ErrnoException
  const known = byNodeCode[code]
  if (known !== undefined) return { problem: `${known} (${code})`, advice: CHECK }
  if (TIMEOUTS.has(kindOfError(error))) {
    return { problem: `did not answer within ${timeout} ms`, advice: CHECK }
  }
  if (/^(?:WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password)/i.test(message)) {
    return { problem: `refused user or password (${firstWord(message)})`, advice: 'Correct them in the URL.' }
  }
  if (/DB index/i.test(message)) {
    return { problem: `has no such database ("${message}")`, advice: 'Correct the number at the end of the URL.' }
  }
  if (/^Socket closed/i.test(message)) return { problem: 'closed the connection', advice: CHECK }
  return { problem: `failed with "${hide(message, url)}"`, advice: CHECK }
}

/** What replies mean that refuse writes, but not reads. */
const refusals: readonly (readonly [pattern: RegExp, trouble: Trouble])[] = [
  [/^OOM/, { problem: 'is full (OOM)', advice: 'Set its `maxmemory-policy` to allkeys-lru, or give it more memory.' }],
  [/^READONLY/, { problem: 'is a replica that cannot be written (READONLY)', advice: 'Name the primary in the URL.' }],
  [
    /^NOPERM/,
    { problem: 'lets this user not write (NOPERM)', advice: 'Allow it SET, GETEX and UNLINK on paceline:*.' },
  ],
  [
    /^MISCONF/,
    { problem: 'takes no writes because it cannot save them to its disk (MISCONF)', advice: 'See its log.' },
  ],
  [/^NOREPLICAS/, { problem: 'takes no writes without its replicas (NOREPLICAS)', advice: 'See its log.' }],
]

/** The trouble, when a write was refused by a server that can still be read. */
export function refusalOf(error: unknown): Trouble | undefined {
  return refusals.find(([pattern]) => pattern.test((error as Error).message))?.[1]
}

function firstWord(message: string): string {
  return message.split(' ', 1)[0]!
}

/** No server repeats a password, but it costs nothing to be sure. */
function hide(message: string, url: string): string {
  const { password } = new URL(url)
  return password === '' ? message : message.replaceAll(password, '***').replaceAll(decodeURIComponent(password), '***')
}
