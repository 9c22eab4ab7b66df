import { plainId, type RuleResult, type RuleViolation, type SuppressedViolation } from '@paceline/build-graph'

/**
 * What rules said about a build, on another day: a violation that was accepted until a day that is over fails, whatever its rule says,
 * as it does in a build.
 *
 * @param today `YYYY-MM-DD`, UTC
 */
export function rulesOfToday(rules: readonly RuleResult[], today: string): RuleResult[] {
  return rules.map((result) => {
    const { suppressed = [], ...rest } = result
    const expired = suppressed.filter(({ until }) => until < today)
    if (expired.length === 0) return result
    const valid = suppressed.filter(({ until }) => until >= today)
    return {
      ...rest,
      status: 'fail',
      violations: [...expired.map(broken), ...rest.violations],
      ...(valid.length > 0 ? { suppressed: valid } : {}),
    }
  })
}

function broken({ reason, until, ...violation }: SuppressedViolation): RuleViolation {
  const subject = violation.subject === undefined ? 'It' : `\`${plainId(violation.subject)}\``
  return {
    ...violation,
    severity: 'error',
    message: `${violation.message} ${subject} was accepted until ${until}, because "${reason}"; that day is over.`,
  }
}
