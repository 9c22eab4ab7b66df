import { choices, takesSource } from '../negotiation.ts'
import { key, looseExpression, value, type NginxMap } from './nginx-text.ts'

/** Whether a list such as `Accept-Encoding` takes a token. */
export function acceptsMap(header: '$http_accept' | '$http_accept_encoding', token: string, as: string): NginxMap {
  return {
    of: header,
    as,
    comment: `Whether ${token} is taken: q=0 is not.`,
    fallback: '0',
    entries: [[looseExpression(takesSource(token)), '1']],
  }
}

export interface Choice {
  /** Variables that say 1 for what is taken, by name, without `$paceline_`. */
  readonly flags: ReadonlyMap<string, string>
  /** Variable that holds the names that a file has, joined by commas, without `$paceline_`. */
  readonly of: string
  readonly as: string
  readonly comment: string
}

/** Chooses the first of what a file has that is taken. */
export function choiceMap({ flags, of, as, comment }: Choice, orders: ReadonlySet<string>): NginxMap {
  const entries = choices([...flags.keys()], orders).map(
    ([order, taken, chosen]) => [key(`${order}:${taken}`), value(chosen)] as const,
  )
  const source = [...flags.values()].map((flag) => `\${paceline_${flag}}`).join('')
  return { of: `"$paceline_${of}:${source}"`, as, comment, entries }
}
