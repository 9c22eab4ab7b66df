/** A route of the table: the place in the list is its number. */
export interface TableRoute {
  readonly path: string
  /** What paths of it look like, without the flags. */
  readonly pattern: RegExp
}

/**
 * Compiles paths as routers write them (`/notes/:id`, `/notes/$id`, `/files/*`, `/help/:topic?`) into a table in which the first match is the
 * right one: fixed parts before parameters, parameters before the rest.
 *
 * @param base where the app is mounted, with `/` at both ends
 */
export function routeTable(paths: readonly string[], base: string): TableRoute[] {
  const unique = [...new Set(paths)]
  return unique
    .map((path) => ({ path, rank: rankOf(path) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .map(({ path }) => ({ path, pattern: pathPattern(path, base) }))
}

/** A whole path, with or without a slash at the end. */
export function pathPattern(path: string, base: string): RegExp {
  const parts = segments(path).map((segment) => {
    if (/^(?:\*|\$)/.test(segment) && /^(?:\*.*|\$)$/.test(segment)) return '(?:/.*)?'
    if (/^[:$]/.test(segment)) return segment.endsWith('?') ? '(?:/[^/]+)?' : '/[^/]+'
    return segment.endsWith('?') ? `(?:/${escape(segment.slice(0, -1))})?` : `/${escape(segment)}`
  })
  return new RegExp(`^${escape(base.replace(/\/$/, ''))}${parts.join('')}/?$`)
}

/** Calls by their address without query; patterns of other origins have it in front. */
export function apiPattern(pattern: string): RegExp {
  const [, origin = '', path = ''] = /^(https?:\/\/[^/]+)?(.*)$/.exec(pattern) ?? []
  const { source } = pathPattern(path, '/')
  return new RegExp(`^${escape(origin)}${source.slice(1, -1)}(?:[?#]|$)`)
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** Text that sorts specific paths first: per segment a digit, and longer before shorter. */
function rankOf(path: string): string {
  const ranks = segments(path).map((segment) =>
    segment.startsWith('*') || segment === '$' ? 3 : /^[:$]/.test(segment) ? 2 : 1,
  )
  // An end sorts between a parameter and the rest, so that `/notes` is no `/notes/*`.
  return `${ranks.join('')}0`
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
