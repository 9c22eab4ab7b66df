/**
 * What `integrity` says of a content (SRI). SHA-256, which every file of a release is known by; a longer hash guards no better against what can
 * be made today, and pages name one for each script.
 *
 * @param sha256 64 hex digits
 */
export function integrityOf(sha256: string): string {
  return `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`
}
