import type { InputDigest } from '@paceline/artifact-cache'
import type { Decode } from './codec.ts'

/** Why a file has no sibling, or not all. */
export type SkipReason = 'below the threshold' | 'not smaller'

/** What became of one file of the output, as the report lists it. */
export interface LedgerEntry {
  /** Relative to the output directory, with `/`. */
  readonly file: string
  /** `exempt`: of a type, or by an option, that is not compressed. */
  readonly status: 'compressed' | 'skipped' | 'exempt'
  readonly why?: SkipReason | 'not included'
  readonly bytes: number
  /** Siblings with their bytes, those included that somebody else made and that are right. */
  readonly siblings?: readonly { readonly file: string; readonly bytes: number }[]
  /** Encodings in which the file would not be smaller. */
  readonly notSmaller?: readonly string[]
}

/** A sibling that must decode to its file. */
export interface WrittenSibling {
  /** Relative to the output directory, with `/`. */
  readonly file: string
  /** Of the codec. */
  readonly name: string
  /** Nothing: a stream of somebody's own, which nobody here can decode. */
  readonly decode: Decode | undefined
  readonly bytes: number
  /** Of the stream: not every wrong byte changes what it decodes to. */
  readonly digest: InputDigest
}

/** What the stage knows of a file that it has dealt with. */
export interface FileRecord {
  readonly file: string
  readonly bytes: number
  readonly digest: InputDigest
  readonly status: 'compressed' | 'skipped'
  readonly why?: SkipReason
  readonly siblings: readonly WrittenSibling[]
  /** Names of codecs. */
  readonly notSmaller: readonly string[]
}

/** What became of every file of one output directory. */
export interface Ledger {
  readonly dir: string
  readonly records: ReadonlyMap<string, FileRecord>
  /** Not to be compressed, with their bytes. */
  readonly exempt: ReadonlyMap<string, number>
}

export function ledgerEntries({ records, exempt }: Ledger): LedgerEntry[] {
  const dealtWith = [...records.values()].map(({ file, status, why, bytes, siblings, notSmaller }): LedgerEntry => ({
    file,
    status,
    ...(why === undefined ? {} : { why }),
    bytes,
    ...(siblings.length > 0
      ? { siblings: siblings.map((sibling) => ({ file: sibling.file, bytes: sibling.bytes })) }
      : {}),
    ...(notSmaller.length > 0 ? { notSmaller } : {}),
  }))
  const exempted = [...exempt].map(([file, bytes]): LedgerEntry => ({
    file,
    status: 'exempt',
    why: 'not included',
    bytes,
  }))
  return [...dealtWith, ...exempted].sort((a, b) => (a.file < b.file ? -1 : 1))
}
