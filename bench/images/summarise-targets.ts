import type { LossyFormat } from '../../packages/images/src/quality/encoder-settings.ts'
import { quantile } from '../lib/statistics.ts'
import type { FixedFigures, SpreadFigures, TargetFigures } from './targets.ts'

/** What a summary is of. */
export interface Summarised {
  /** Name of the set of photographs, and how many there are; `pictures` counts their widths. */
  readonly set: string
  readonly photographs: number
  readonly format: LossyFormat
  readonly target: number
}

/** One format over all pictures of a set. */
export interface TargetSummary extends Summarised {
  readonly pictures: number
  /** Pictures that do not reach the target at the highest quality either. */
  readonly missed: number
  readonly qualities: { readonly lowest: number; readonly highest: number }
  readonly scores: { readonly median: number; readonly highest: number }
  readonly bytes: number
  readonly fixed: FixedFigures
  /** Share of the fixed quality's bytes that is saved. */
  readonly saved: number
  readonly tries: { readonly mean: number; readonly most: number }
  /** CPU of the searches over one encode each, and the part of it that scoring takes. */
  readonly cost: number
  readonly scoring: number
  readonly usual: SpreadFigures
}

export function summariseTargets(
  summarised: Summarised,
  figures: readonly TargetFigures[],
  fixed: FixedFigures,
  usual: SpreadFigures,
): TargetSummary {
  const sum = (of: (figure: TargetFigures) => number): number => figures.reduce((all, one) => all + of(one), 0)
  const found = figures.map((figure) => figure.found)
  const scores = found.filter(({ reached }) => reached).map(({ score }) => score)
  const bytes = sum(({ found }) => found.bytes)
  return {
    ...summarised,
    pictures: figures.length,
    missed: found.filter(({ reached }) => !reached).length,
    qualities: {
      lowest: Math.min(...found.map(({ quality }) => quality)),
      highest: Math.max(...found.map(({ quality }) => quality)),
    },
    scores: { median: quantile(scores, 0.5), highest: Math.max(...scores) },
    bytes,
    fixed,
    saved: 1 - bytes / fixed.bytes,
    tries: {
      mean: sum(({ found }) => found.tries) / figures.length,
      most: Math.max(...found.map(({ tries }) => tries)),
    },
    cost: sum(({ searchCpu }) => searchCpu) / sum(({ encodeCpu }) => encodeCpu),
    scoring: sum(({ scoreCpu }) => scoreCpu) / sum(({ searchCpu }) => searchCpu),
    usual,
  }
}
