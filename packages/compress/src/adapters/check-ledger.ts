import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { digestOf } from '@paceline/artifact-cache'
import { encoders, encodings } from '@paceline/kit'
import type { Ledger, WrittenSibling } from '../core/ledger.ts'
import type { ResolvedCompressOptions } from '../resolve-options.ts'
import { Room } from './room.ts'
import { listOutput, type OutputFile } from './list-output.ts'
import { readIfThere } from './sibling-files.ts'

/** As in the stage: contents that are in memory at once. Each is there once more for every stream that is being decoded. */
const ROOM = 16_000_000
const CHANGED = 'changed after it was compressed'

/**
 * Reads the output once more, as it will be served, and compares every file with every sibling.
 *
 * @returns what is wrong, one line for each file; empty when all is right
 */
export async function checkLedger(
  ledger: Ledger,
  options: ResolvedCompressOptions,
  isForeign: (path: string) => boolean,
): Promise<string[]> {
  const files = listOutput(ledger.dir, isForeign)
  const there = new Set(files.map(({ file }) => file))
  const problems: string[] = []
  const room = new Room(ROOM)
  const included = files.filter(({ file }) => options.isIncluded(file))
  await Promise.all(
    included.map((file) =>
      room.enter(file.bytes, async () => {
        const problem = await problemOf(file, ledger, there)
        if (problem !== undefined) problems.push(`${file.file} ${problem}`)
      }),
    ),
  )
  for (const { file, siblings } of ledger.records.values()) {
    const left = there.has(file) ? undefined : siblings.find((sibling) => there.has(sibling.file))
    if (left) problems.push(`${left.file} is left of a file that was removed after it was compressed`)
  }
  return problems.sort()
}

async function problemOf(
  { file, path }: OutputFile,
  ledger: Ledger,
  there: ReadonlySet<string>,
): Promise<string | undefined> {
  const content = readIfThere(path)
  if (!content) return undefined
  const record = ledger.records.get(file)
  if (!record) return 'was written after everything else was compressed'
  for (const sibling of record.siblings) {
    const problem = await siblingProblem(sibling, content, ledger.dir)
    if (problem !== undefined) return digestOf(content) === record.digest ? problem : CHANGED
  }
  // What a sibling decodes to is what was compressed: only without one the content has to be looked at itself.
  const isProven = record.siblings.some(({ decode }) => decode !== undefined)
  if (!isProven && digestOf(content) !== record.digest) return CHANGED
  const known = new Set(record.siblings.map((sibling) => sibling.file))
  const names = encodings.map((encoding) => file + encoders[encoding].extension)
  const added = names.find((name) => there.has(name) && !known.has(name))
  return added === undefined ? undefined : `has a sibling ${added} that was written after it was compressed`
}

async function siblingProblem(
  { file, decode, digest }: WrittenSibling,
  content: Buffer,
  dir: string,
): Promise<string | undefined> {
  const stream = readIfThere(join(dir, file))
  if (!stream) return `has lost its sibling ${file}`
  if (digestOf(stream) !== digest) return `has a sibling ${file} that changed after it was written`
  if (!decode) return undefined
  try {
    const decoded = await decode(stream, content.byteLength)
    return decoded.equals(content) ? undefined : `has a sibling ${file} that decodes to something else`
  } catch (error) {
    return `has a sibling ${file} that does not decode: ${(error as Error).message}`
  }
}

/** Removes the files that have a sibling, which are right by now. */
export function removeOriginals({ dir, records }: Ledger): void {
  for (const { file, siblings } of records.values()) if (siblings.length > 0) rmSync(join(dir, file), { force: true })
}
