import type { RuleResult, RuleViolation } from '@paceline/build-graph'
import type { RuleChange } from './report-diff.ts'

const ORDER: readonly RuleChange['verdict'][] = ['broke', 'fixed', 'changed', 'added', 'removed']

/**
 * Rules whose verdict or violations changed: broken ones first. A rule that the old build was not held to has no violations that are
 * new: nobody knows which of them are.
 *
 * @param renamed what a module or file of the old build is called in the new one
 */
export function diffRules(
  before: readonly RuleResult[],
  after: readonly RuleResult[],
  renamed: (name: string) => string,
): RuleChange[] {
  const old = new Map(before.map((result) => [result.rule, result]))
  const nameNow: KeyOf = (violation) => keyOf(violation, (name) => name)
  const nameThen: KeyOf = (violation) => keyOf(violation, renamed)
  const now = new Map(after.map((result) => [result.rule, result]))
  return [...new Set([...now.keys(), ...old.keys()])]
    .flatMap((rule): RuleChange[] => {
      const from = old.get(rule)
      const to = now.get(rule)
      const isKnown = from !== undefined && to !== undefined
      const broken = isKnown ? without(to.violations, nameNow, from.violations, nameThen) : []
      const fixed = isKnown ? without(from.violations, nameThen, to.violations, nameNow) : []
      const verdict = verdictOf(from, to, broken.length + fixed.length > 0)
      if (!verdict) return []
      const statuses = { ...(from ? { before: from.status } : {}), ...(to ? { after: to.status } : {}) }
      return [{ rule, ...statuses, verdict, broken, fixed }]
    })
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
}

function verdictOf(
  before: RuleResult | undefined,
  after: RuleResult | undefined,
  isOther: boolean,
): RuleChange['verdict'] | undefined {
  if (!before) return 'added'
  if (!after) return 'removed'
  if (after.status === 'fail' && before.status !== 'fail') return 'broke'
  if (before.status === 'fail' && after.status !== 'fail') return 'fixed'
  return isOther || before.status !== after.status ? 'changed' : undefined
}

/** What a violation is about, without lines and figures: the same when code above it moves. */
function keyOf({ subject, message, chain }: RuleViolation, renamed: (name: string) => string): string {
  const edge = chain.at(-1)
  return [subject ?? message, edge?.importer ?? '', edge?.importee ?? ''].map(renamed).join('\0')
}

type KeyOf = (violation: RuleViolation) => string

/** A subject may break a rule several times, so each one of the others takes one away. */
function without(
  violations: readonly RuleViolation[],
  keyOf: KeyOf,
  others: readonly RuleViolation[],
  otherKeyOf: KeyOf,
): RuleViolation[] {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(otherKeyOf(other), (counts.get(otherKeyOf(other)) ?? 0) + 1)
  return violations.filter((violation) => {
    const left = counts.get(keyOf(violation)) ?? 0
    counts.set(keyOf(violation), left - 1)
    return left <= 0
  })
}
