import type { LiveModule } from '../live-graph.ts'
import { APP_HALF_CHANGED, NAMES_CHURN, RUNTIME_CHURN, UPDATE_CHANCE, UPDATED_PACKAGE } from './settings.ts'

/** What the chance of a chunk to change depends on. */
export interface Content {
  readonly bytes: number
  /** Bytes of the app's own code among them. */
  readonly appBytes: number
  /** Chance that an update of packages leaves all of its packages as they are. */
  readonly untouched: number
  readonly runtime: boolean
  /** Names of files that change. */
  readonly names: boolean
}

/**
 * Bytes that the next release is expected to change: all of a chunk when any kind of code in it changes, since its file has
 * one name. Packages change together, when somebody brings them up to date; of the app's own code, more bytes change more often.
 */
export function expectedChange(content: Content): number {
  return content.bytes * chanceOfChange(content)
}

export function chanceOfChange(content: Omit<Content, 'bytes'>): number {
  let kept = APP_HALF_CHANGED / (APP_HALF_CHANGED + content.appBytes)
  kept *= 1 - UPDATE_CHANCE * (1 - content.untouched)
  if (content.runtime) kept *= 1 - RUNTIME_CHURN
  if (content.names) kept *= 1 - NAMES_CHURN
  return 1 - kept
}

/** Package → share of the updates of packages that touch it, where it is known. */
export type Updates = ReadonlyMap<string, number>

/** Chance that an update leaves a package as it is. */
export function untouchedBy(updates: Updates | undefined, name: string): number {
  return 1 - (updates?.get(name) ?? UPDATED_PACKAGE)
}

/** @param names Whether file names in them change. */
export function contentOf(modules: readonly LiveModule[], names: boolean, updates: Updates | undefined): Content {
  const kinds = new Set(modules.map((module) => module.volatility))
  const own = modules.filter(({ volatility }) => volatility === 'app' || volatility === 'importer')
  return {
    bytes: bytesOf(modules),
    appBytes: bytesOf(own),
    untouched: packagesOf(kinds).reduce((chance, name) => chance * untouchedBy(updates, name), 1),
    runtime: kinds.has('runtime'),
    names,
  }
}

/** Names of the packages among kinds of code. */
export function packagesOf(kinds: Iterable<string>): string[] {
  return [...kinds].filter((kind) => kind.startsWith(PACKAGE)).map((kind) => kind.slice(PACKAGE.length))
}

const PACKAGE = 'package:'

export function bytesOf(modules: readonly LiveModule[]): number {
  return modules.reduce((sum, module) => sum + module.size.brotli, 0)
}
