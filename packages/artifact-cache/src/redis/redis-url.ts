import { cacheError } from '../errors.ts'

/**
 * A URL that a connection can be made from.
 *
 * @throws `PACELINE_CACHE_REDIS_URL_INVALID`, without the password
 */
export function checkRedisUrl(url: string): string {
  const refuse = (problem: string): never => {
    throw cacheError('PACELINE_CACHE_REDIS_URL_INVALID', [hideSecrets(url), problem])
  }
  const trimmed = url.trim()
  if (!URL.canParse(trimmed)) return refuse('cannot be read')
  const { protocol, hostname, pathname, username, password } = new URL(trimmed)
  if (protocol !== 'redis:' && protocol !== 'rediss:') return refuse('begins with neither redis:// nor rediss://')
  if (hostname === '') return refuse('names no host')
  try {
    decodeURIComponent(`${username}${password}`)
  } catch {
    return refuse('has a % in user or password that encodes nothing')
  }
  if (!/^\/?\d*$/.test(pathname)) return refuse('has a path that is not the number of a database')
  return trimmed
}

/** A checked URL as people may see it, in logs of CI for instance. A user name without a password is often a password in the wrong place. */
export function showUrl(url: string): string {
  const { protocol, username, password, host, pathname } = new URL(url)
  const who = password === '' ? (username === '' ? '' : '***@') : `${username}:***@`
  return `${protocol}//${who}${host}${pathname}`
}

/** What does not even parse may have its password anywhere before the host, or behind a `?`. */
function hideSecrets(text: string): string {
  return text.replace(/^.*@/s, '***@').replace(/\?.*$/s, '?***')
}
