import type { LayerRule } from './options.ts'
import type { ResolvedLayer } from './rule.ts'

const SENTENCE = /^\s*(\S+)\s+(?:may|must)\s+not\s+import\s+(each other|\S+)\s*$/

/**
 * Reads `'src/features/** may not import src/app/**'` or `'src/features/* may not import each other'`.
 *
 * @returns nothing when it says neither
 */
export function parseLayer(line: string): ResolvedLayer | undefined {
  const match = SENTENCE.exec(line)
  if (!match) return undefined
  const [, from = '', to = ''] = match
  return { from: [from], to: to === 'each other' ? undefined : [to], except: [], text: line.trim() }
}

/** A layer rule in either form. */
export function resolveLayer(rule: string | LayerRule): ResolvedLayer {
  if (typeof rule === 'string') return parseLayer(rule)!
  const [from, to] = [listOf(rule.from), listOf(rule.to)]
  const each = to.length === 1 && to[0] === 'each other'
  return {
    from,
    to: each ? undefined : to,
    except: listOf(rule.except ?? []),
    ...(rule.reason === undefined ? {} : { reason: rule.reason }),
    text: `${from.join(', ')} may not import ${to.join(', ')}`,
  }
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}

/** The directories or files that a glob of siblings names: what lies in them goes with them. */
export function siblingsOf(glob: string): string {
  return glob.replace(/^\.\//, '').replace(/(?:\/\*\*)?\/?$/, '')
}

/** Whether a glob of siblings names just one, which has none: `src/features/**`. */
export function isOneSibling(glob: string): boolean {
  return !/[*?[{]|[@!+]\(/.test(siblingsOf(glob))
}
