import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import { importMapHashes } from './csp-hashes.ts'

/**
 * Writes `csp.json` beside the report: HTML file → what its Content-Security-Policy must allow for the inline import map.
 *
 * @param files HTML files relative to the output directory
 * @returns whether any page has an import map
 */
export async function writeCspHashes(outDir: string, files: readonly string[], dir: string): Promise<boolean> {
  const pages = await Promise.all(
    files.map(async (file) => [file, importMapHashes(await readFile(join(outDir, file), 'utf8'))] as const),
  )
  const hashes = Object.fromEntries(pages.filter(([, found]) => found.length > 0))
  if (Object.keys(hashes).length === 0) return false
  await writeAtomic(join(dir, 'csp.json'), `${JSON.stringify({ scriptSrc: hashes }, null, 2)}\n`)
  return true
}
