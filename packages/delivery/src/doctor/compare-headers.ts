import type { Headers } from '../policy/assign-policies.ts'
import type { Finding } from './findings.ts'

type HeaderDifference = Pick<Finding, 'expected' | 'received' | 'subject'>

/** Headers that an answer should have and does not, or not like this. What it has besides is the host's own business. */
export function compareHeaders(expected: Headers, received: Headers): HeaderDifference[] {
  return Object.entries(expected).flatMap(([name, value]): HeaderDifference[] => {
    const actual = received[name]
    if (actual !== undefined && isSame(name, value, actual)) return []
    return [{ subject: name, expected: value, received: actual ?? 'nothing' }]
  })
}

function isSame(name: string, expected: string, actual: string): boolean {
  switch (name) {
    case 'cache-control':
      return sameDirectives(expected, actual)
    case 'content-type':
      return sameType(expected, actual)
    case 'vary': {
      // More keeps more apart than is needed.
      const all = list(actual)
      return all.includes('*') || list(expected).every((one) => all.includes(one))
    }
    default:
      return expected.trim() === actual.trim()
  }
}

function sameDirectives(expected: string, actual: string): boolean {
  return canonical(expected).join() === canonical(actual).join()
}

/** `no-cache` and "stale at once, and then ask" are the same; without `private`, `public` says nothing new here. */
function canonical(value: string): string[] {
  const directives = new Set(list(value).filter((one) => one !== 'public'))
  if (directives.has('max-age=0') && directives.has('must-revalidate')) {
    directives.delete('max-age=0')
    directives.delete('must-revalidate')
    directives.add('no-cache')
  }
  return [...directives].sort()
}

/** JSON and the like are UTF-8 whether they say so or not; a script has two names that mean one thing. */
function sameType(expected: string, actual: string): boolean {
  const [first, second] = [expected, actual].map((text) => {
    const [type = '', ...parameters] = text
      .toLowerCase()
      .split(';')
      .map((part) => part.trim())
    const charset = parameters
      .find((one) => one.startsWith('charset='))
      ?.slice(8)
      .replaceAll('"', '')
    return { type: ALIASES[type] ?? type, charset }
  })
  if (first!.type !== second!.type) return false
  const needsCharset = first!.type.startsWith('text/') && first!.charset !== undefined
  return second!.charset === undefined
    ? !needsCharset || NEEDS_NONE.has(first!.type)
    : second!.charset === (first!.charset ?? second!.charset)
}

const ALIASES: Readonly<Record<string, string>> = {
  'application/javascript': 'text/javascript',
  'application/x-javascript': 'text/javascript',
  'image/vnd.microsoft.icon': 'image/x-icon',
}

/** Modules are UTF-8 by definition, and styles take the encoding of the page. */
const NEEDS_NONE: ReadonlySet<string> = new Set(['text/css', 'text/javascript'])

function list(value: string): string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
