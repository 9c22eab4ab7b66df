import type { ChangedFile } from '@paceline/build-graph'
import type { ArchivedFile, ArchivedModule, ReleaseRecord } from '../archive/release-record.ts'
import { patternLength } from '../deltas/dictionary-pattern.ts'
import { sharedBytes } from '../deltas/plan-deltas.ts'
import { withoutHashes } from './without-hashes.ts'

/** A file of this release and what it was in the one before. */
export interface Succession {
  readonly file: ArchivedFile
  readonly was: ArchivedFile
}

export type Cause = Pick<ChangedFile, 'cause' | 'by'>

/** Hashed files that are new, each with the file of the same stem that shares most with it. New files of a new stem are left out. */
export function findSuccessions(current: ReleaseRecord, before: ReleaseRecord): Succession[] {
  const names = new Set(before.files.map(({ file }) => file))
  const gone = before.files.filter(({ file, stem }) => stem && !current.files.some((entry) => entry.file === file))
  return current.files.flatMap((file): Succession[] => {
    const { stem } = file
    if (!stem || names.has(file.file)) return []
    const alike = gone.filter((old) => old.stem?.prefix === stem.prefix && old.stem.suffix === stem.suffix)
    const ranked = alike.toSorted((a, b) => sharedBytes(b, file) - sharedBytes(a, file) || likeness(a, b, file))
    return ranked[0] ? [{ file, was: ranked[0] }] : []
  })
}

function likeness(a: ArchivedFile, b: ArchivedFile, { bytes, stem }: ArchivedFile): number {
  const distance = (file: ArchivedFile): number => Math.abs(file.bytes - bytes)
  return distance(a) - distance(b) || (stem ? patternLength(stem) : 0)
}

/** What is needed to tell a cascade from a change: contents, and all hashed names of both releases. */
export interface CauseContext {
  readonly read: (sha256: string) => Promise<Uint8Array | undefined>
  readonly current: ReleaseRecord
  readonly before: ReleaseRecord
}

/** Why a file has another hash than before. */
export async function causeOf({ file, was }: Succession, context: CauseContext): Promise<Cause> {
  if (!file.modules || !was.modules) {
    // Made from no modules, such as an image: it is its own source.
    return was.modules || file.modules ? cascadeOf({ file, was }, context) : { cause: 'own code', by: [] }
  }
  const changed = changedModules(was.modules, file.modules)
  if (changed.length === 0) return cascadeOf({ file, was }, context)
  const own = changed.filter((module) => module.package === undefined)
  if (own.length > 0) return { cause: 'own code', by: own.map(({ id }) => id) }
  return { cause: 'dependency', by: [...new Set(changed.map((module) => module.package!))].sort() }
}

/** Modules that came, went or have other code. Of a package that changed its version, those of the new one. */
export function changedModules(before: readonly ArchivedModule[], now: readonly ArchivedModule[]): ArchivedModule[] {
  const old = new Map(before.map((module) => [module.id, module]))
  const present = new Set(now.map(({ id }) => id))
  const differs = now.filter(({ id, hash }) => old.get(id)?.hash !== hash)
  return [...differs, ...before.filter(({ id }) => !present.has(id))]
}

async function cascadeOf({ file, was }: Succession, { read, current, before }: CauseContext): Promise<Cause> {
  const [now, old] = await Promise.all([read(file.sha256), read(was.sha256)])
  if (!now || !old) return { cause: 'unknown', by: [] }
  const after = withoutHashes(text(now), current.files)
  if (after.text !== withoutHashes(text(old), before.files).text) return { cause: 'unknown', by: [] }
  const known = new Set(before.files.map((entry) => entry.file))
  return { cause: 'cascade', by: after.names.filter((name) => !known.has(name)) }
}

function text(content: Uint8Array): string {
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString()
}
