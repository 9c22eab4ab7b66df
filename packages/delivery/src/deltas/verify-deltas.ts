import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pMap from 'p-map'
import { decodeDelta } from './delta-format.ts'
import type { MadeDelta } from './make-deltas.ts'

const CONCURRENCY = 4

/**
 * Decodes every delta of an output as a browser would, and compares it with its file. A browser that gets a wrong one shows nothing at all.
 *
 * @param read a dictionary by its hash
 * @returns what is wrong, one line for each
 */
export async function verifyDeltas(
  deltas: readonly MadeDelta[],
  outDir: string,
  read: (sha256: string) => Promise<Uint8Array | undefined>,
): Promise<string[]> {
  const problems = await pMap(deltas, async (delta) => problemOf(delta, outDir, read), { concurrency: CONCURRENCY })
  return problems.filter((problem) => problem !== undefined).sort()
}

async function problemOf(
  { file, of, encoding, dictionary, bytes, decoded }: MadeDelta,
  outDir: string,
  read: (sha256: string) => Promise<Uint8Array | undefined>,
): Promise<string | undefined> {
  const [delta, content, known] = await Promise.all([
    readFile(join(outDir, file)).catch(() => undefined),
    readFile(join(outDir, of)).catch(() => undefined),
    read(dictionary),
  ])
  if (!delta) return `${file} is gone since it was written`
  if (!content) return `${file} is left of a file that is gone`
  if (!known || hash('sha256', known, 'hex') !== dictionary) return `${file} has lost its dictionary`
  if (delta.byteLength !== bytes) return `${file} changed after it was written`
  try {
    const result = await decodeDelta(encoding, delta, known, decoded)
    return result.equals(content) ? undefined : `${file} decodes to something else than ${of}`
  } catch (error) {
    return `${file} does not decode: ${(error as Error).message}`
  }
}
