import { table } from '../lib/render-units.ts'
import { holds } from './targets.ts'
import type { Target } from './targets.ts'

/** Every target with its verdict. */
export function renderTargets(targets: readonly Target[]): string {
  const rows = targets.map((target) => [
    target.what,
    figure(target.limit, target.unit),
    target.actual === undefined ? '–' : measured(target, target.actual),
    verdict(target),
  ])
  return table(['', 'at most', 'measured', ''], rows)
}

function verdict(target: Target): string {
  switch (holds(target)) {
    case true:
      return 'holds'
    case false:
      return '**missed**'
    case undefined:
      return target.actual === undefined ? 'not measured' : 'too noisy to say'
  }
}

/** A comparison with its interval, so that everybody sees how sharp it is. */
function measured({ interval, unit }: Target, actual: number): string {
  if (interval === undefined) return figure(actual, unit)
  const { mean, low, high } = interval
  return `${figure(mean, unit)} (${figure(low, unit)} to ${figure(high, unit)})`
}

function figure(value: number, unit: Target['unit']): string {
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(1)} %`
    case '×':
      return `${value.toFixed(3)}×`
    case 's':
      return `${value.toFixed(2)} s`
    case 'ms':
      return `${value.toFixed(0)} ms`
    case 'routes':
      return String(value)
  }
}
