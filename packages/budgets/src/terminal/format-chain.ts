import type { ChainStep, ImportChain } from '@paceline/build-graph'
import { plainId } from '../formats/figures.ts'

/** A chain in the words of a person: packages by name, files by path. */
export interface WrittenChain {
  /** The import to remove and what it leads to: `src/pages/dashboard.tsx:12 → moment`. */
  readonly cut: string
  /** How the app gets to that import, entry first: `['src/main.tsx:4', 'src/pages/dashboard.tsx']`; empty at an entry. */
  readonly via: readonly string[]
}

export function writeChain({ steps }: Pick<ImportChain, 'steps'>): WrittenChain {
  const last = steps.findLastIndex((step) => packageOf(step.importer) === undefined)
  const cut = steps.slice(Math.max(last, 0))
  const before = steps.slice(0, Math.max(last, 0))
  return {
    cut: [place(cut[0]!), ...targets(cut)].join(' → '),
    via: before.length === 0 ? [] : [...before.map(place), label(before.at(-1)!.importee)],
  }
}

/** `src/app.tsx:9`, or without the line where it is not known. */
function place({ importer, line }: ChainStep): string {
  return line === undefined ? label(importer) : `${label(importer)}:${line}`
}

/** Each package on the way once: what happens inside one is its own business. */
function targets(steps: readonly ChainStep[]): string[] {
  const labels = steps.map((step) => label(step.importee))
  return labels.filter((text, position) => text !== labels[position - 1])
}

function label(id: string): string {
  return packageOf(id) ?? plainId(id)
}

function packageOf(id: string): string | undefined {
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]
}
