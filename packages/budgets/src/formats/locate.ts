import type { ChainStep } from '@paceline/build-graph'

/** Where the sources of a report lie, as the reader of an annotation sees them. */
export interface SourceOptions {
  /** Path from the repository's root to the Vite root, with `/`; empty when they are the same. */
  readonly prefix?: string
  /** Where to point when no import answers for a finding: the file that holds the budgets, from the repository's root. */
  readonly configFile?: string
}

/** A line of a file, relative to the repository's root. */
export interface Location {
  readonly file: string
  readonly line?: number
}

/**
 * The last import of a chain that is written in the app's own sources: somebody can change that line. Imports inside
 * packages and virtual modules are passed over.
 */
export function locate(chain: readonly ChainStep[], options: SourceOptions): Location | undefined {
  const step = chain.findLast(({ importer }) => isSource(importer))
  if (step) return { file: sourcePath(step.importer, options), ...(step.line === undefined ? {} : { line: step.line }) }
  return options.configFile === undefined ? undefined : { file: options.configFile }
}

/** Whether a module id names a file of the app. */
export function isSource(id: string): boolean {
  return !/(?:^|\/)node_modules\/|^\0|^virtual:|^\[/.test(id)
}

/** A module id, relative to the Vite root, as a path from the repository's root. */
export function sourcePath(id: string, { prefix = '' }: SourceOptions): string {
  const parts: string[] = []
  for (const part of `${prefix}/${id.replace(/\?.*$/, '')}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}
