import { inspect } from 'node:util'
import { PacelineError } from '@paceline/kit'
import type { Environment } from 'vite'

/** What one judge says about a finished build. */
export interface Verdict {
  readonly environment: Environment
  /** The judge's plugin name, as announced. */
  readonly judge: string
  /** Why the build must fail; empty when it holds. A verdict is printed by its message, see {@link verdictError}. */
  readonly failures: readonly Error[]
  /** Whether the build is one of a watcher, which goes on whatever is wrong. */
  readonly watchMode: boolean
}

/**
 * Several plugins judge a build: budgets, rules. Each says what it found; the build fails once, after the last of them,
 * with everything that is wrong.
 */
export class Verdicts {
  readonly #awaited = new Map<string, Set<string>>()
  readonly #failures = new Map<string, Error[]>()

  /** Forgets a build that did not come to its end. */
  reset(environment: string): void {
    this.#awaited.delete(environment)
    this.#failures.delete(environment)
  }

  /** In `writeBundle`: this judge will speak in `closeBundle`. */
  announce(environment: string, judge: string): void {
    this.#awaited.set(environment, (this.#awaited.get(environment) ?? new Set()).add(judge))
  }

  /**
   * In `closeBundle`. The last judge raises what all of them found; in watch mode it is logged, since nobody awaits
   * `closeBundle` there and an error would end the process.
   */
  give({ environment, judge, failures, watchMode }: Verdict): void {
    const { name, logger } = environment
    const all = [...(this.#failures.get(name) ?? []), ...failures]
    this.#failures.set(name, all)
    const awaited = this.#awaited.get(name)
    awaited?.delete(judge)
    if (awaited && awaited.size > 0) return
    this.reset(name)
    if (all.length === 0) return
    const error = combine(all)
    if (!watchMode) throw error
    logger.error(error.message)
  }
}

/**
 * An error whose message is a block for people: Vite prints it as it is, without brackets and the frames of a plugin,
 * since it is about the user's imports.
 */
export function verdictError<Thrown extends Error>(error: Thrown): Thrown {
  return Object.defineProperty(error, inspect.custom, { value: () => error.message })
}

/** One error for several: their messages below each other, their codes in `errors`, where Rollup and Rolldown keep them. */
function combine(failures: readonly Error[]): Error {
  for (const error of failures) {
    // What is wrong is in the user's options or files: where in a plugin it was found says nothing.
    if (error instanceof PacelineError) error.stack = `${error.name}: ${error.message}`
  }
  const [first, ...others] = failures as [Error, ...Error[]]
  if (others.length === 0) return first
  const code = first instanceof PacelineError ? first.code : 'PACELINE_VERDICT'
  const error = new PacelineError(code, failures.map(({ message }) => message).join('\n\n'))
  error.stack = `${error.name}: ${error.message}`
  return verdictError(Object.assign(error, { errors: failures }))
}
