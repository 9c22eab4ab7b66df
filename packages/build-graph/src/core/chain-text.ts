import type { ChainStep } from '../report.ts'

/** A chain in the words of a person: packages by name, files by path. */
export interface WrittenChain {
  /** The import to remove and what it leads to: `src/pages/dashboard.tsx:12 → moment`. */
  readonly cut: string
  /** How the app gets to that import, entry first: `['src/main.tsx:4', 'src/pages/dashboard.tsx']`; empty at an entry. */
  readonly via: readonly string[]
}

/** Writes a chain of at least one step. */
export function writeChain(chain: { readonly steps: readonly ChainStep[] }): WrittenChain {
  // A plugin may have cut a file in two, which then imports itself under another query.
  const between = chain.steps.filter(({ importer, importee }) => plainId(importer) !== plainId(importee))
  const steps = between.length > 0 ? between : chain.steps
  const last = steps.findLastIndex((step) => installedIn(step.importer) === undefined)
  const cut = steps.slice(Math.max(last, 0))
  const before = steps.slice(0, Math.max(last, 0))
  return {
    cut: [place(cut[0]!), ...targets(cut)].join(' → '),
    via: before.length === 0 ? [] : [...before.map(place), label(before.at(-1)!.importee)],
  }
}

/** `src/format.ts:12`, or the file alone where the line is not known. */
export function formatPlace({ importer, line }: ChainStep): string {
  return line === undefined ? plainId(importer) : `${plainId(importer)}:${line}`
}

/** Ids of modules for people: no leading `\0`, no query, and packages without the way up to where they are installed. */
export function plainId(id: string): string {
  return id
    .replace(/^\0/, '')
    .replace(/\?.*$/, '')
    .replace(/^(?:\.\.\/)+(?=node_modules\/)/, '')
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
  return installedIn(id) ?? plainId(id)
}

function installedIn(id: string): string | undefined {
  return /.*(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1]
}
