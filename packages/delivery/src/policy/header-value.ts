import { deliveryError } from '../errors.ts'

/** A name as RFC 9110 has it. */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/
/** What is in one line of ASCII; a server would take a line break for the next header. */
const FIELD = /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/

/** Headers that say what the bytes are: whoever sends them knows, not a table. */
const OF_THE_ANSWER: ReadonlySet<string> = new Set([
  'accept-ranges',
  'available-dictionary',
  'connection',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'keep-alive',
  'last-modified',
  'location',
  'server',
  'set-cookie',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'use-as-dictionary',
])

/**
 * Checks a header that a user wrote.
 *
 * @param subject what to call it in the error
 * @returns its name in lower case
 * @throws `PACELINE_DELIVERY_HEADER`
 */
export function headerName(name: string, subject: string): string {
  if (!TOKEN.test(name)) throw deliveryError('PACELINE_DELIVERY_HEADER', [subject, `the name ${JSON.stringify(name)}`])
  const lower = name.toLowerCase()
  if (!OF_THE_ANSWER.has(lower)) return lower
  throw deliveryError('PACELINE_DELIVERY_HEADER', [subject, `'${lower}', which depends on each answer`])
}

/** @throws `PACELINE_DELIVERY_HEADER` for what would not stay one header */
export function headerValue(value: string, subject: string): string {
  if (FIELD.test(value)) return value
  throw deliveryError('PACELINE_DELIVERY_HEADER', [subject, `the value ${JSON.stringify(value)}`])
}
