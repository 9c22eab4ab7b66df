import { headerOf, type RequestHeaders } from './request-headers.ts'

/** What conditions are compared with. */
export interface Validators {
  /** Strong, with its quotes. */
  readonly etag: string
  /** Milliseconds, whole seconds. */
  readonly lastModified: number
}

/**
 * Evaluates the conditions of a GET or HEAD in the order of RFC 9110, 13.2.2.
 *
 * @returns `'failed'`: 412; `'fresh'`: 304; `'go on'`: answer, with `Range` if there is one
 */
export function checkPreconditions(headers: RequestHeaders, validators: Validators): 'failed' | 'fresh' | 'go on' {
  const ifMatch = headerOf(headers, 'if-match')
  if (ifMatch !== undefined) {
    if (!isListed(ifMatch, validators.etag, 'strong')) return 'failed'
  } else {
    const limit = dateOf(headerOf(headers, 'if-unmodified-since'))
    if (limit !== undefined && validators.lastModified > limit) return 'failed'
  }
  const ifNoneMatch = headerOf(headers, 'if-none-match')
  if (ifNoneMatch !== undefined) return isListed(ifNoneMatch, validators.etag, 'weak') ? 'fresh' : 'go on'
  const since = dateOf(headerOf(headers, 'if-modified-since'))
  return since !== undefined && validators.lastModified <= since ? 'fresh' : 'go on'
}

/** Whether `Range` counts: `If-Range` must be absent or name exactly what there is now (RFC 9110, 13.1.5). */
export function isRangeCurrent(headers: RequestHeaders, { etag, lastModified }: Validators): boolean {
  const ifRange = headerOf(headers, 'if-range')
  if (ifRange === undefined) return true
  const value = ifRange.trim()
  return value.startsWith('"') ? value === etag : dateOf(value) === lastModified
}

/** Our tags hold no commas nor quotes, so they can be looked for without reading the list around them. */
function isListed(list: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (list.trim() === '*') return true
  for (let at = list.indexOf(etag); at !== -1; at = list.indexOf(etag, at + 1)) {
    if (comparison === 'weak' || !list.slice(0, at).endsWith('W/')) return true
  }
  return false
}

function dateOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : time
}
