import { CPU_TIMES } from '../browser/work-visit.ts'
import type { CpuName, WorkVisit } from '../browser/work-visit.ts'
import { holm, pairedRatio } from './bootstrap.ts'
import type { PairedRatio } from './bootstrap.ts'

/** Four visits in a row: baseline, candidate, candidate, baseline. What the machine does in the meantime hits both alike. */
export interface Block {
  readonly baseline: readonly [WorkVisit, WorkVisit]
  readonly candidate: readonly [WorkVisit, WorkVisit]
}

export interface CpuVerdict extends PairedRatio {
  readonly name: CpuName
  /** ms, mean over the visits. */
  readonly baseline: number
  readonly candidate: number
  /** p with Holm's correction over the times that are compared. */
  readonly adjusted: number
  /** The baseline with itself: first against last visit of each block. */
  readonly control: PairedRatio
  readonly status: 'same' | 'more' | 'less' | 'noisy'
}

export interface CpuRule {
  /** Share by which a time may grow. */
  readonly tolerance: number
  /** Wider intervals than this, to either side, cannot tell. */
  readonly widest: number
}

const ALPHA = 0.01
/** Beyond this even a wide interval says enough. */
const GROSS = 1.25

/**
 * CPU times of the main thread, compared pair by pair. Slower is what is slower by more than the tolerance with the whole interval, after
 * Holm's correction, on a machine on which the baseline does not differ from itself as much. A part too noisy to tell is told as the same where all that its
 * noise could hide is less than the tolerance of the whole main thread: half a millisecond of layout varies by a quarter on any machine.
 *
 * @param blocks at least three
 */
export function judgeCpu(blocks: readonly Block[], { tolerance, widest }: CpuRule): CpuVerdict[] {
  const found = CPU_TIMES.map((name) => {
    const of = (visit: WorkVisit): number => visit.cpu[name]
    // The first candidate with the baseline before it, the second with the one after it.
    const baseline = blocks.flatMap((block) => block.baseline.map(of))
    const candidate = blocks.flatMap((block) => block.candidate.map(of))
    const pairs = pairedRatio(baseline, candidate)
    const control = pairedRatio(
      blocks.map((block) => of(block.baseline[0])),
      blocks.map((block) => of(block.baseline[1])),
    )
    return { name, baseline: meanOf(baseline), candidate: meanOf(candidate), ...pairs, control }
  })
  const whole = Math.max(...found.map(({ baseline }) => baseline))
  const adjusted = holm(found.map(({ p }) => p))
  const controls = holm(found.map(({ control }) => control.p))
  return found.map((one, index) => {
    const isSure = adjusted[index]! < ALPHA
    const differsFromItself = controls[index]! < ALPHA && Math.abs(Math.log(one.control.ratio)) > tolerance
    const isWide = one.high / one.ratio > 1 + widest || one.ratio / one.low > 1 + widest
    // Whatever hides in the noise of a part that takes next to nothing: less than what the whole may grow by.
    const hidden = Math.max(...[one.high, one.low, one.control.ratio].map((ratio) => Math.abs(Math.log(ratio))))
    const matters = hidden * (one.baseline / whole) > tolerance
    return { ...one, adjusted: adjusted[index]!, status: statusOf() }

    function statusOf(): CpuVerdict['status'] {
      if (differsFromItself || (isWide && one.low < GROSS && one.high > 1 / GROSS)) return matters ? 'noisy' : 'same'
      if (isSure && one.low > 1 + tolerance) return 'more'
      if (isSure && one.high < 1 / (1 + tolerance)) return 'less'
      return 'same'
    }
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
