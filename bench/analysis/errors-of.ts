import { quantile } from '../lib/statistics.ts'
import type { Figures, Pair } from './figures.ts'

/** How far a tool's figures are from the true ones, as shares of the true ones. */
export interface Errors {
  readonly median: number
  readonly p90: number
  /** Figures that are right to the byte. */
  readonly exact: number
  readonly compared: number
  /** What the tool does not list at all. */
  readonly missing: number
}

export interface ToolErrors {
  readonly files: Readonly<Record<keyof Pair, Errors>>
  readonly modules: Readonly<Record<keyof Pair, Errors>>
}

/** Compares everything that the truth knows. */
export function errorsOf(figures: Figures, truth: Figures): ToolErrors {
  return {
    files: { gzip: compare(figures.files, truth.files, 'gzip'), brotli: compare(figures.files, truth.files, 'brotli') },
    modules: {
      gzip: compare(figures.modules, truth.modules, 'gzip'),
      brotli: compare(figures.modules, truth.modules, 'brotli'),
    },
  }
}

/** The files, or modules, of the truth, each beside its figure. */
export function compare(
  figures: ReadonlyMap<string, Pair>,
  truth: ReadonlyMap<string, Pair>,
  encoding: keyof Pair,
): Errors {
  const errors: number[] = []
  let missing = 0
  for (const [key, real] of truth) {
    const figure = figures.get(key)
    if (figure === undefined) missing++
    else errors.push(Math.abs(figure[encoding] - real[encoding]) / real[encoding])
  }
  if (errors.length === 0)
    throw new Error('`figures` have nothing of the build in them. Look at the names that the tool uses.')
  return {
    median: quantile(errors, 0.5),
    p90: quantile(errors, 0.9),
    exact: errors.filter((error) => error === 0).length,
    compared: errors.length,
    missing,
  }
}
