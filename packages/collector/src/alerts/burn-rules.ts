import type { Burns } from '../stats/judge-sla.ts'
import { burnRate } from '../stats/judge-sla.ts'

/** An alert rule over two windows: the long one says that it matters, the short one that it still goes on. */
export interface BurnRule {
  readonly severity: 'page' | 'ticket'
  readonly long: string
  readonly short: string
  /** Times as fast as the budget allows. */
  readonly rate: number
}

/** Those of Google's SRE workbook, chapter 5 (https://sre.google/workbook/alerting-on-slos/), for a budget of 30 days. */
export const BURN_RULES: readonly BurnRule[] = [
  { severity: 'page', long: '1h', short: '5m', rate: 14.4 },
  { severity: 'page', long: '6h', short: '30m', rate: 6 },
  { severity: 'ticket', long: '3d', short: '6h', rate: 1.5 },
]

/** One alert that is, or was, in force. */
export interface Alert {
  readonly objective: string
  readonly severity: 'page' | 'ticket'
  readonly long: string
  readonly short: string
  /** What the burn rate is held against. */
  readonly threshold: number
  readonly longRate: number
  readonly shortRate: number
}

/** An alert ends when the short window is clearly below its threshold, not when it touches it: 80 %. */
const HYSTERESIS = 0.8
/** No more than this share of all may be bad before anybody is told: 14.4 times a quarter is more than everything. */
const AT_MOST = 0.6

/**
 * Which alerts are in force.
 *
 * @param active keys of those that were in force before
 * @param required share that must keep the SLA, of each objective that it promises
 * @param minSamples below so many in the long window nothing is said, and nothing changes
 * @returns by key
 */
export function evaluateAlerts(
  burns: Burns,
  active: ReadonlySet<string>,
  required: Readonly<Record<string, number>>,
  minSamples: number,
): Map<string, Alert> {
  const found = new Map<string, Alert>()
  for (const [objective, share] of Object.entries(required)) {
    for (const { severity, long, short, rate } of BURN_RULES) {
      const key = `${objective} ${severity} ${long}`
      const threshold = Math.min(rate, AT_MOST / (1 - share))
      const longRate = burnRate(burns[long] ?? [], objective, share)
      const shortRate = burnRate(burns[short] ?? [], objective, share)
      const isKnown = (burns[long] ?? []).some(({ name, n }) => name === objective && n >= minSamples)
      const alert = { objective, severity, long, short, threshold, longRate: longRate ?? 0, shortRate: shortRate ?? 0 }
      const wasActive = active.has(key)
      const bar = wasActive ? threshold * HYSTERESIS : threshold
      const isOver = alert.shortRate >= bar && (wasActive || alert.longRate >= bar)
      if (isKnown ? isOver : wasActive && isOver) found.set(key, alert)
    }
  }
  return found
}
