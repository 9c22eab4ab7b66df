import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listFiles, writeAtomic } from '@paceline/kit'
import pMap from 'p-map'
import { addIntegrity } from './add-integrity.ts'
import { integrityOf } from './integrity-of.ts'

const CONCURRENCY = 8

export interface IntegrityRequest {
  /** The output directory, absolute. */
  readonly outDir: string
  /** `base` of the Vite config. */
  readonly base: string
  /** Files whose names change with their contents: of others a page that is still open may get the next release's. */
  readonly hashed: Iterable<string>
  /** Whether a page of the output is as its author left it in `public/`. */
  readonly isPublic: (file: string) => boolean
}

/**
 * Adds `integrity` to the pages of an output whose scripts and styles are final.
 *
 * @returns SHA-256 of the files that pages may name, 64 hex digits each: they must not change any more
 */
export async function writeIntegrity({
  outDir,
  base,
  hashed,
  isPublic,
}: IntegrityRequest): Promise<ReadonlyMap<string, string>> {
  const files = await listFiles(outDir)
  const there = new Set(files)
  const named = [...hashed].filter((file) => /\.(?:m?js|css)$/.test(file) && there.has(file))
  const hashes = new Map(
    await pMap(named, async (file) => [file, hash('sha256', await readFile(join(outDir, file)), 'hex')] as const, {
      concurrency: CONCURRENCY,
    }),
  )
  const integrity = new Map([...hashes].map(([file, sha256]) => [file, integrityOf(sha256)]))
  const pages = files.filter((file) => file.endsWith('.html') && !isPublic(file))
  await pMap(
    pages,
    async (file) => {
      const html = await readFile(join(outDir, file), 'utf8')
      const added = addIntegrity({ html, file, base, integrity }).html
      if (added !== html) await writeAtomic(join(outDir, file), added)
    },
    { concurrency: CONCURRENCY },
  )
  return hashes
}
