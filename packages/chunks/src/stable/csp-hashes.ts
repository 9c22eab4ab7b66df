import { createHash } from 'node:crypto'
import { importMapScripts } from './import-map-scripts.ts'

/**
 * What a Content-Security-Policy must list in `script-src` to allow the inline import maps of a page: `'sha256-…'` (CSP Level 3,
 * 6.7.3.3). The hash is over the exact text between the tags.
 */
export function importMapHashes(html: string): string[] {
  return importMapScripts(html).map(({ text }) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
}
