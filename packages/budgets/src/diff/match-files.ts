import type { FileEntry } from '@paceline/build-graph'
import type { ChunkPair } from './match-chunks.ts'

export interface FilePair {
  readonly before?: FileEntry
  readonly after?: FileEntry
}

/**
 * Pairs the files of two builds: first those of matched chunks, then equal names, then equal content, and last names
 * that differ only in Vite's hash (`hero-B2pQ_x1a.avif`).
 */
export function matchFiles(
  before: readonly FileEntry[],
  after: readonly FileEntry[],
  chunks: readonly ChunkPair[],
): FilePair[] {
  const left = new Map(before.map((file) => [file.file, file]))
  const come = new Map(after.map((file) => [file.file, file]))
  const pairs: FilePair[] = []
  const pair = (old: FileEntry | undefined, now: FileEntry | undefined): void => {
    if (!old || !now) return
    left.delete(old.file)
    come.delete(now.file)
    pairs.push({ before: old, after: now })
  }
  for (const chunk of chunks) pair(left.get(chunk.before?.file ?? ''), come.get(chunk.after?.file ?? ''))
  // A file of a chunk that found no partner is new or gone, even where the name happens to be the same.
  const ofChunks = new Set(chunks.flatMap((chunk) => [chunk.before?.file, chunk.after?.file]))
  for (const key of [nameOf, contentOf, unhashedOf]) {
    const open = [...left.values()].filter((file) => !ofChunks.has(file.file))
    for (const now of [...come.values()].filter((file) => !ofChunks.has(file.file))) {
      const index = open.findIndex((old) => key(old) === key(now))
      if (index >= 0) pair(open.splice(index, 1)[0], now)
    }
  }
  return [
    ...pairs,
    ...[...left.values()].map((file): FilePair => ({ before: file })),
    ...[...come.values()].map((file): FilePair => ({ after: file })),
  ]
}

const nameOf = ({ file }: FileEntry): string => file
const contentOf = ({ kind, hash }: FileEntry): string => `${kind} ${hash}`

/**
 * Vite ends an asset's name in `-` and eight characters of base64url, which may themselves be `-` or `_`; so the place
 * counts, not the characters.
 */
function unhashedOf({ file }: FileEntry): string {
  const dot = file.lastIndexOf('.')
  const separator = dot - 9
  return separator > file.lastIndexOf('/') && file[separator] === '-'
    ? file.slice(0, separator) + file.slice(dot)
    : file
}
