import { cacheError } from '../errors.ts'

/**
 * Reads a pattern of entries, such as `brotli:*`: what is matched is a key without its namespace, `kind:v<schema>:<input>:<settings>`. `*` stands for any
 * characters; a kind alone means all of it.
 *
 * @throws `PACELINE_CACHE_PATTERN_INVALID`
 */
export function matchPattern(pattern: string): (rest: string) => boolean {
  if (!/^[a-z\d*:-]+$/i.test(pattern)) throw cacheError('PACELINE_CACHE_PATTERN_INVALID', [pattern])
  const whole = pattern.includes(':') || pattern.endsWith('*') ? pattern : `${pattern}:*`
  const expression = new RegExp(`^${whole.split('*').join('.*')}$`)
  return (rest) => expression.test(rest)
}
