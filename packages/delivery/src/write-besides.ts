import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encoders } from '@paceline/kit'
import { RELEASE_INDEX, serializeIndex } from './archive/release-index.ts'
import type { ArchivedContent, ArchivedFile, ReleaseRecord } from './archive/release-record.ts'
import type { Documents } from './links/documents.ts'
import { SPECULATION_STEM, speculationRules, type SpeculationOptions } from './links/speculation-rules.ts'

/**
 * Writes the list of releases. It says what is really there: of a release whose file is lost, another machine gets the others.
 *
 * @param archived files of earlier releases that are in the output
 */
export async function writeIndex(
  outDir: string,
  current: ReleaseRecord,
  earlier: readonly ReleaseRecord[],
  archived: readonly ArchivedFile[],
): Promise<ArchivedFile> {
  const there = new Set([...current.files, ...archived].map(({ file, sha256 }) => `${file}\0${sha256}`))
  const present = earlier
    .filter(({ base }) => base === current.base)
    .map((record) => ({
      ...record,
      files: record.files.filter(({ file, sha256 }) => there.has(`${file}\0${sha256}`)),
    }))
  return writeContent(outDir, RELEASE_INDEX, Buffer.from(serializeIndex([current, ...present], current.base)))
}

export interface WrittenSpeculation {
  readonly documents: Documents
  readonly files: readonly ArchivedFile[]
}

/**
 * Writes the rules of pages that say what is likely to be next.
 *
 * @throws `PACELINE_DELIVERY_SPECULATION`
 */
export async function writeSpeculation(
  outDir: string,
  documents: Documents,
  options: SpeculationOptions | undefined,
): Promise<WrittenSpeculation> {
  if (!options) return { documents, files: [] }
  const made = speculationRules(documents.documents, options)
  const files: ArchivedFile[] = []
  for (const { file, content } of made.files) {
    files.push({ ...(await writeWithSiblings(outDir, file, Buffer.from(content))), stem: SPECULATION_STEM })
  }
  return { documents: { ...documents, documents: made.documents }, files }
}

/** Smaller than this the answer fits one packet either way, as with the threshold of `compress`, which has run by now. */
const THRESHOLD = 1024

async function writeWithSiblings(outDir: string, file: string, content: Uint8Array): Promise<ArchivedFile> {
  const written = await writeContent(outDir, file, content)
  if (content.byteLength < THRESHOLD) return written
  const siblings: ArchivedContent[] = []
  for (const { extension, encode } of Object.values(encoders)) {
    const encoded = await encode(content)
    if (encoded.byteLength < content.byteLength) siblings.push(await writeContent(outDir, file + extension, encoded))
  }
  return siblings.length > 0 ? { ...written, siblings } : written
}

async function writeContent(outDir: string, file: string, content: Uint8Array): Promise<ArchivedContent> {
  await writeFile(join(outDir, file), content)
  return { file, sha256: hash('sha256', content, 'hex'), bytes: content.byteLength }
}
