import type { StoredPlan } from '@paceline/chunks'
import { nearest } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'

type StoredChunk = StoredPlan['chunks'][number]

/**
 * A plan with two of its chunks as one, under the name of the first.
 *
 * @throws `PACELINE_WHAT_IF_CHUNK_UNKNOWN` for chunks that the plan does not have, `PACELINE_WHAT_IF_CHUNK_CYCLE` when the
 * two would then load each other through a third
 */
export function mergeInPlan(plan: StoredPlan, [first, second]: readonly [string, string]): StoredPlan {
  const [a, b] = [first, second].map((name) => findChunk(name, plan))
  const rename = (names: readonly string[], own: string): string[] => {
    const renamed = names.map((name) => (name === second ? first : name)).filter((name) => name !== own)
    return [...new Set(renamed)].sort()
  }
  const merged: StoredChunk = {
    ...a!,
    imports: [...a!.imports, ...b!.imports],
    mentions: { ...a!.mentions, ...b!.mentions },
    basis: { ...a!.basis, ...b!.basis },
    modules: [...a!.modules, ...b!.modules].toSorted(),
    shared: a!.shared === 'anyone' || b!.shared === 'anyone' ? 'anyone' : 'pages',
  }
  const chunks = plan.chunks
    .filter((chunk) => chunk !== b)
    .map((chunk) => (chunk === a ? merged : chunk))
    .map((chunk): StoredChunk => {
      const mentions = Object.entries(chunk.mentions).map(([key, names]) => [key, rename(names, chunk.name)] as const)
      return {
        ...chunk,
        imports: rename(chunk.imports, chunk.name),
        mentions: Object.fromEntries(mentions.filter(([, names]) => names.length > 0)),
      }
    })
  // A build that kept effects in order by taking modules out again would show another change than the one asked for.
  return { ...plan, unordered: true, chunks: inOrder(chunks, first, second) }
}

function findChunk(name: string, { chunks }: StoredPlan): StoredChunk {
  const names = chunks.map((chunk) => chunk.name)
  const found = chunks.find((chunk) => chunk.name === name)
  if (!found) throw cliError('PACELINE_WHAT_IF_CHUNK_UNKNOWN', [name, nearest(name, names), names])
  return found
}

/** Every chunk after those that it imports. */
function inOrder(chunks: readonly StoredChunk[], first: string, second: string): StoredChunk[] {
  const placed = new Set<string>()
  const ordered: StoredChunk[] = []
  const waiting = [...chunks]
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ imports }) => imports.every((name) => placed.has(name)))
    if (next === -1) throw cliError('PACELINE_WHAT_IF_CHUNK_CYCLE', [first, second])
    const [chunk] = waiting.splice(next, 1)
    placed.add(chunk!.name)
    ordered.push(chunk!)
  }
  return ordered
}
