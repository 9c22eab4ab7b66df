/** SHA-256 in base64, with the one `=` that 32 bytes end in or, as parsers shall tolerate, without (RFC 8941, 4.2.7). */
const BYTES = /^:([A-Za-z0-9+/]{43})=?:(?:;.*)?$/

/**
 * The hash of the dictionary a client says it has, from `Available-Dictionary` (RFC 9842, 2.2): one byte sequence of structured fields.
 *
 * @returns 64 hex digits; nothing when the value is anything else, for then there is no dictionary
 */
export function availableDictionary(value: string | undefined): string | undefined {
  if (value === undefined || value.length > 256) return undefined
  const base64 = BYTES.exec(value.trim())?.[1]
  if (base64 === undefined) return undefined
  const bytes = Buffer.from(base64, 'base64')
  return bytes.length === 32 ? bytes.toString('hex') : undefined
}
