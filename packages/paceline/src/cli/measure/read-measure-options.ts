import { profileOf } from '@paceline/lab'
import type { Profile, VisitKind } from '@paceline/lab'
import type { Invocation } from '../command.ts'
import { measureError } from './measure-errors.ts'

/** What was asked for, apart from which builds. */
export interface MeasureOptions {
  readonly profiles: readonly Profile[]
  readonly routes: readonly string[] | undefined
  readonly kinds: readonly VisitKind[]
  readonly runs: number
  /** Blocks of four visits for CPU times. */
  readonly blocks: number
  /** ms. */
  readonly timeout: number
  readonly budget: number | undefined
  readonly tolerance: number
  readonly insecure: boolean
}

const KINDS: readonly VisitKind[] = ['cold', 'repeat', 'update']

/** @throws `PACELINE_MEASURE_OPTION`, `PACELINE_LAB_PROFILE` */
export function readMeasureOptions(invocation: Invocation, isCompared: boolean): MeasureOptions {
  const routes = list(invocation.text('route'))
  const wrong = routes?.find((route) => !route.startsWith('/'))
  if (wrong !== undefined) {
    throw measureError('PACELINE_MEASURE_OPTION', ['--route', `'${wrong}'`, 'Begin with a slash: /dashboard,/notes/1.'])
  }
  const kinds = (list(invocation.text('visits')) ?? ['cold']) as VisitKind[]
  const unknown = kinds.find((kind) => !KINDS.includes(kind))
  if (unknown !== undefined) {
    throw measureError('PACELINE_MEASURE_OPTION', ['--visits', `'${unknown}'`, `Name some of ${KINDS.join(', ')}.`])
  }
  if (kinds.includes('update') && !isCompared) {
    const advice = 'Name the release before with `--baseline`.'
    throw measureError('PACELINE_MEASURE_OPTION', ['--visits update', 'no release to come from', advice])
  }
  const seconds = number(invocation, 'budget-time', 1, 86_400)
  const timing = ['profile', 'visits'].find((name) => invocation.text(name) !== undefined)
  // Beside a baseline, times are for reading and for limits: nobody pays for them unasked.
  const runs = number(invocation, 'runs', 0, 200) ?? (isCompared && timing === undefined ? 0 : 5)
  const blocks = invocation.flag('counts') ? 0 : 8
  assertEffects(invocation, { isCompared, runs, blocks, timing })
  return {
    profiles: profileNames(invocation.text('profile') ?? 'slow-4g-4x').map(profileOf),
    routes,
    kinds,
    runs,
    blocks,
    timeout: (number(invocation, 'timeout', 6, 600) ?? 60) * 1000,
    budget: seconds === undefined ? undefined : seconds * 1000,
    tolerance: (number(invocation, 'tolerance', 0, 1000) ?? 3) / 100,
    insecure: invocation.flag('insecure'),
  }
}

interface Asked {
  readonly isCompared: boolean
  readonly runs: number
  readonly blocks: number
  /** An option about the visits whose times are taken, when one was given. */
  readonly timing: string | undefined
}

/**
 * What was asked for and would change nothing is an error: whoever writes it believes that it does.
 *
 * @throws `PACELINE_MEASURE_OPTION`
 */
function assertEffects(invocation: Invocation, { isCompared, runs, blocks, timing }: Asked): void {
  const refuse = (option: string, received: string, advice: string): never => {
    throw measureError('PACELINE_MEASURE_OPTION', [option, received, advice])
  }
  if (!isCompared) {
    const advice = 'Name what to compare with, `--baseline`, or leave the option out.'
    if (invocation.flag('counts')) refuse('--counts', 'no baseline', advice)
    if (invocation.text('tolerance') !== undefined) refuse('--tolerance', 'no baseline', advice)
    if (runs === 0) refuse('--runs', "'0' and no baseline: nothing would be measured", 'Name a number from 1 to 200.')
  }
  if (runs > 0) return
  if (timing !== undefined) refuse(`--${timing}`, '`--runs 0` beside it', 'Name a number of visits, or leave one out.')
  if (blocks === 0 && invocation.text('budget-time') !== undefined) {
    refuse(
      '--budget-time',
      '`--counts` without `--runs`',
      'The number of visits for counts is fixed: leave the option out.',
    )
  }
}

/** A profile of one's own has commas in it. */
function profileNames(written: string): string[] {
  return written.includes('=') ? [written] : (list(written) ?? [])
}

function list(written: string | undefined): string[] | undefined {
  return written
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function number(invocation: Invocation, name: string, least: number, most: number): number | undefined {
  const written = invocation.text(name)
  if (written === undefined) return undefined
  const value = Number(written)
  if (Number.isFinite(value) && value >= least && value <= most) return value
  throw measureError('PACELINE_MEASURE_OPTION', [
    `--${name}`,
    `'${written}'`,
    `Name a number from ${least} to ${most}.`,
  ])
}
