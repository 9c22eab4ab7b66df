import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '@paceline/kit'
import { importMapHashes } from './csp-hashes.ts'

/**
 * Writes `csp.json` beside the report: what the Content-Security-Policy of each page must allow for its inline import map, as
 * `{ scriptSrc: { 'index.html': ["'sha256-…'"] } }`. Without any map there is no file, and that of an earlier build goes.
 *
 * @param files HTML files relative to the output directory
 */
export async function writeCspHashes(outDir: string, files: readonly string[], dir: string): Promise<void> {
  const pages = await Promise.all(
    files.map(async (file) => [file, importMapHashes(await readFile(join(outDir, file), 'utf8'))] as const),
  )
  const scriptSrc = Object.fromEntries(pages.filter(([, found]) => found.length > 0))
  const file = join(dir, 'csp.json')
  if (Object.keys(scriptSrc).length === 0) return rm(file, { force: true })
  await writeAtomic(file, `${JSON.stringify({ scriptSrc }, null, 2)}\n`)
}
