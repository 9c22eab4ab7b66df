import { nearest } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import type { RebuildStrategy } from '../rebuild/rebuild-request.ts'

/** Ways to split an app into chunks, by the names of `--strategies`. */
export const STRATEGIES: Readonly<Record<string, RebuildStrategy>> = {
  /** As the config says. */
  config: { kind: 'config' },
  /** Vite's own, without what the config says of chunks. */
  default: { kind: 'default' },
  planned: { kind: 'planned', stable: false },
  'planned+stable': { kind: 'planned', stable: true },
  /** All packages in one chunk. */
  vendor: { kind: 'vendor' },
  /** A chunk for each package. */
  package: { kind: 'package' },
}

const USUAL: readonly string[] = ['default', 'planned', 'planned+stable', 'vendor', 'package']

/**
 * Reads `--strategies`; the first one is what the others are compared with.
 *
 * @throws `PACELINE_REPLAY_STRATEGY`
 */
export function parseStrategies(written: string | undefined): string[] {
  if (written === undefined) return [...USUAL]
  const names = written.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !Object.hasOwn(STRATEGIES, name))
  const known = Object.keys(STRATEGIES)
  if (unknown !== undefined) throw cliError('PACELINE_REPLAY_STRATEGY', [unknown, nearest(unknown, known), known])
  // What the ratios are about comes first, wherever it was written.
  return [...new Set([...(names.includes('default') ? ['default'] : []), ...names])]
}
