import { createHash } from 'node:crypto'

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi
const IMPORT_MAP = /\btype\s*=\s*["']?importmap\b/i

/**
 * What a Content-Security-Policy must list in `script-src` to allow the inline import maps of a page: `'sha256-…'` (CSP Level 3,
 * 6.7.3.3). The hash is over the exact text between the tags.
 */
export function importMapHashes(html: string): string[] {
  return [...html.matchAll(SCRIPT)].flatMap(([, attributes = '', text = '']) => {
    if (!IMPORT_MAP.test(attributes)) return []
    return [`'sha256-${createHash('sha256').update(text).digest('base64')}'`]
  })
}
