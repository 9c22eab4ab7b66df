import { indexReport } from '@paceline/build-graph'
import type { BuildReport, ChunkEntry } from '@paceline/build-graph'
import { nearest } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import type { RebuildEdit } from '../rebuild/rebuild-request.ts'

/**
 * Two chunks as one: all others keep the modules they have.
 *
 * @throws `PACELINE_WHAT_IF_CHUNK_UNKNOWN`, `PACELINE_WHAT_IF_CHUNK_AMBIGUOUS`, `PACELINE_WHAT_IF_CHUNK_ENTRY`
 */
export function mergeChunks(names: readonly [string, string], report: BuildReport): RebuildEdit {
  const chunks = report.chunks.filter(({ kind }) => kind === 'js')
  const [first, second] = names.map((name) => findChunk(name, chunks))
  if (first === second) throw cliError('PACELINE_WHAT_IF_SYNTAX', [`\`merge\` needs two chunks; received one twice`])
  const entry = [first!, second!].find((chunk) => chunk.entry)
  if (entry) throw cliError('PACELINE_WHAT_IF_CHUNK_ENTRY', [entry.name])
  const taken = new Set<string>()
  taken.add(first!.name)
  const others = chunks
    .filter((chunk) => chunk !== first && chunk !== second)
    .map((chunk) => [uniqueName(chunk.name, taken), idsOf(chunk, report)] as const)
  const modules = [...idsOf(first!, report), ...idsOf(second!, report)]
  return {
    kind: 'merge',
    names: [first!.name, second!.name],
    modules: withVanished(modules, report),
    others: Object.fromEntries(others),
  }
}

/** A chunk's modules and those of its stylesheets, which must not stay behind. */
function idsOf(chunk: ChunkEntry, report: BuildReport): string[] {
  const styles = report.chunks.filter(({ kind, file }) => kind === 'css' && chunk.css.includes(file))
  return [chunk, ...styles].flatMap(({ modules }) => modules.map(({ id }) => id)).filter((id) => !id.startsWith('['))
}

/**
 * Adds what only these modules import and what left no byte of its own in any chunk, because it was inlined where it is
 * used. Left where it is, it would become a chunk.
 */
function withVanished(ids: readonly string[], report: BuildReport): string[] {
  const { indexOf, importers, shares } = indexReport(report)
  const members = new Set(ids)
  // Grows while it is walked.
  for (const id of members) {
    for (const { to } of report.modules[indexOf.get(id) ?? -1]?.imports ?? []) {
      const imported = report.modules[to]?.id
      if (imported === undefined || shares.has(imported)) continue
      const users = importers[to]!.map((from) => report.modules[from]!.id)
      if (users.every((user) => members.has(user) || !shares.has(user))) members.add(imported)
    }
  }
  return [...members]
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name
  for (let count = 2; taken.has(unique); count++) unique = `${name}-${count}`
  taken.add(unique)
  return unique
}

function findChunk(name: string, chunks: readonly ChunkEntry[]): ChunkEntry {
  const found = chunks.filter((chunk) => chunk.name === name || chunk.file === name)
  const [only] = found
  if (only && found.length === 1) return only
  if (found.length > 1) throw cliError('PACELINE_WHAT_IF_CHUNK_AMBIGUOUS', [name, found.map(({ file }) => file)])
  const names = [...new Set(chunks.map((chunk) => chunk.name))]
  throw cliError('PACELINE_WHAT_IF_CHUNK_UNKNOWN', [name, nearest(name, names), names])
}
