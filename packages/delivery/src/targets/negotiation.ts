import { escapeExpression } from '../links/path-pattern.ts'
import type { DeliveredFile } from '../manifest.ts'

/** Weights that are not zero (RFC 9110, 12.4.2). Configurations cannot compare them, only see the ones that forbid. */
const WEIGHT = String.raw`(?:\s*;\s*q=(?:1(?:\.0{0,3})?|0\.\d{0,2}[1-9]\d{0,2}))?`

/** An expression for lists that take a token, such as `Accept-Encoding`; without regard to case. For PCRE and RE2. */
export function takesSource(token: string): string {
  const name = token === 'gzip' ? '(?:x-)?gzip' : escapeExpression(token)
  return String.raw`(?:^|,)\s*${name}${WEIGHT}\s*(?:,|$)`
}

/**
 * The first of what a file has that is taken, for all orders that occur.
 *
 * @param names in the order of the flags, 0 or 1 each, that say what is taken
 * @param orders names joined by commas, as files have them
 */
export function choices(
  names: readonly string[],
  orders: Iterable<string>,
): [order: string, flags: string, chosen: string][] {
  const chosen: [string, string, string][] = []
  for (const order of [...new Set(orders)].filter((one) => one !== '').sort()) {
    for (let bits = 1; bits < 2 ** names.length; bits++) {
      const taken = new Set(names.filter((_, index) => (bits & (1 << index)) !== 0))
      const first = order.split(',').find((name) => taken.has(name))
      if (first !== undefined) chosen.push([order, names.map((name) => (taken.has(name) ? '1' : '0')).join(''), first])
    }
  }
  return chosen
}

/** The best delta for each dictionary and each set of `dcb` and `dcz` that can be taken. */
export function deltaChoices({ deltas = [] }: DeliveredFile): { flags: string; offered: string; file: string }[] {
  return [...new Set(deltas.map(({ dictionary }) => dictionary))].flatMap((dictionary) => {
    const own = deltas.filter((delta) => delta.dictionary === dictionary)
    const offered = `:${Buffer.from(dictionary, 'hex').toString('base64')}:`
    return ['11', '10', '01'].flatMap((flags) => {
      const best = own.find(({ encoding }) => flags[encoding === 'dcb' ? 0 : 1] === '1')
      return best ? [{ flags, offered, file: best.file }] : []
    })
  })
}
