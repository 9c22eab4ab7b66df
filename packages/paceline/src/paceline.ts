import { buildGraph, type BuildGraphOptions } from '@paceline/build-graph'
import { compress, type CompressOptions } from '@paceline/compress'
import type { Plugin } from 'vite'

/** Options of the umbrella: each key is the option object of one plugin, `false` turns it off. */
export interface PacelineOptions {
  /** Compressed siblings of every file. @default {} */
  readonly compress?: CompressOptions | false | undefined
  /** The report and what it is made of. It cannot be turned off: the other plugins read it. @default {} */
  readonly buildGraph?: BuildGraphOptions | undefined
}

/**
 * One performance contract for a Vite app. Without options it is useful and safe: it compresses and reports, and
 * changes nothing that a visitor could notice but speed.
 *
 * @example
 * ```ts
 * export default defineConfig({ plugins: [react(), paceline({ budgets: { initial: '170 kB' } })] })
 * ```
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function paceline(options: PacelineOptions = {}): Plugin[] {
  // The order of `closeBundle`: what writes files, then what reads them.
  return [...(options.compress === false ? [] : [compress(options.compress)]), ...buildGraph(options.buildGraph)]
}
