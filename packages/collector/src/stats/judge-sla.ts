import { VITALS } from '../cells/cell.ts'
import type { Cell } from '../cells/cell.ts'
import { emptyTally, merge } from '../cells/tally.ts'
import { VITAL_COMPLIANCE } from '../sla/judge-limits.ts'
import type { Limits } from '../sla/judge-limits.ts'
import type { ObjectiveCount, OperationGroup } from '../store/store.ts'
import type { ErrorBudget, SlaVerdict } from './stats.ts'
import { percentilesOf } from './summarise-cell.ts'

/** What breaks and what keeps an SLA lately, by the length of the time that is looked at. */
export type Burns = Readonly<Record<string, readonly ObjectiveCount[]>>

export interface JudgeRequest {
  readonly cell: Cell
  readonly operations: readonly OperationGroup[]
  readonly burns: Burns
  /** Of the route that was asked for, or of the app. */
  readonly limits: Limits
  /** Below so many nothing is said. */
  readonly minSamples: number
}

/** Says whether the SLA holds. Every verdict is counted exactly; the sketch is only asked for the percentile that is shown beside it. */
export function judgeSla({ cell, operations, burns, limits, minSamples }: JudgeRequest): SlaVerdict[] {
  const verdicts: SlaVerdict[] = []
  for (const name of VITALS) {
    const tally = cell.vitals.get(name)
    const limit = limits.vitals[name]
    if (limit === undefined) continue
    const { judged: n, within, limit: counted } = tally ?? emptyTally()
    verdicts.push({
      name,
      target: n === 0 ? limit : Number.isNaN(counted) ? null : counted,
      actual: tally ? percentilesOf(tally, name === 'cls' ? 4 : 1).p75 : null,
      ...judge(name, { n, within, required: VITAL_COMPLIANCE, minSamples }, burns),
    })
  }
  const all = emptyTally()
  for (const { tally } of operations) merge(all, tally)
  const { judged: n, within } = all
  const required = limits.operations.compliance
  verdicts.push({
    name: 'operations',
    target: required,
    actual: n === 0 ? null : within / n,
    ...judge('operations', { n, within, required, minSamples }, burns),
  })
  return verdicts
}

interface Count {
  readonly n: number
  readonly within: number
  readonly required: number
  readonly minSamples: number
}

type Verdict = Omit<SlaVerdict, 'name' | 'target' | 'actual'>

function judge(name: string, { n, within, required, minSamples }: Count, burns: Burns): Verdict {
  const counted = { n, within, required }
  if (n < minSamples) return { ...counted, status: 'not enough data' }
  const allowed = n * (1 - required)
  const used = n - within
  // No rounding decides: 75 of 100 is 0.75 to the last bit, and 0.95 of 20 must not fail by one.
  const holds = within >= Math.ceil(n * required - 1e-9)
  const errorBudget: ErrorBudget = {
    allowed,
    used,
    left: allowed === 0 ? (used === 0 ? 1 : 0) : 1 - used / allowed,
    burnRate: Object.fromEntries(
      Object.entries(burns).map(([window, counts]) => [window, burnRate(counts, name, required)]),
    ),
  }
  return { ...counted, status: holds ? 'holds' : 'broken', errorBudget }
}

/** 1: the budget is used up exactly at the end of its time. `null` without data, and where nothing may go wrong. */
export function burnRate(counts: readonly ObjectiveCount[], name: string, required: number): number | null {
  const { n, bad } = counts.find((count) => count.name === name) ?? { n: 0, bad: 0 }
  return n === 0 || required === 1 ? null : bad / n / (1 - required)
}
