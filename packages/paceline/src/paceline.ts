import { budgets, type BudgetsOptions } from '@paceline/budgets'
import { buildGraph, type BuildGraphOptions } from '@paceline/build-graph'
import { chunks, type ChunksOptions } from '@paceline/chunks'
import { compress, type CompressOptions } from '@paceline/compress'
import { parseOptions } from '@paceline/kit'
import * as v from 'valibot'
import type { Plugin } from 'vite'

/** Options of the umbrella: each key is the option object of one plugin, `false` turns it off. */
export interface PacelineOptions {
  /**
   * Limits that fail the build, see {@link BudgetsOptions}.
   *
   * @default {} sane limits that only warn
   */
  readonly budgets?: BudgetsOptions | false | undefined
  /**
   * How the client is split into chunks, and what is checked in them, see {@link ChunksOptions}.
   *
   * @default {} Vite's own chunks, checked
   */
  readonly chunks?: ChunksOptions | false | undefined
  /**
   * Compressed siblings of every file, see {@link CompressOptions}.
   *
   * @default {}
   */
  readonly compress?: CompressOptions | false | undefined
  /**
   * The report and what it is made of, see {@link BuildGraphOptions}. It cannot be turned off: the other plugins read it.
   *
   * @default {}
   */
  readonly buildGraph?: BuildGraphOptions | undefined
}

/** The umbrella knows the names; what is inside belongs to the plugins, which check it themselves. */
const schema = v.strictObject({
  budgets: v.optional(v.unknown()),
  chunks: v.optional(v.unknown()),
  compress: v.optional(v.unknown()),
  buildGraph: v.optional(v.unknown()),
})

/**
 * One performance contract for a Vite app. Without options it is useful and safe: it compresses, reports, warns on sane
 * default budgets, and changes nothing that a visitor could notice but speed.
 *
 * @example
 * ```ts
 * export default defineConfig({ plugins: [react(), paceline({ budgets: { initial: '170 kB' } })] })
 * ```
 * @throws `PACELINE_OPTIONS_INVALID` at once
 */
export function paceline(options?: PacelineOptions): Plugin[] {
  parseOptions('paceline', schema, options)
  const {
    budgets: budgetsOptions,
    chunks: chunksOptions,
    compress: compressOptions,
    buildGraph: graphOptions,
  } = options ?? {}
  // The order of `closeBundle`: what writes files, what reads them, what judges them.
  return [
    ...(compressOptions === false ? [] : [compress(compressOptions)]),
    ...buildGraph(graphOptions),
    ...(chunksOptions === false ? [] : chunks(chunksOptions)),
    ...(budgetsOptions === false ? [] : budgets(budgetsOptions)),
  ]
}
