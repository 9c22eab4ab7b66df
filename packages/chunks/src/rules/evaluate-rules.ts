import type { RuleResult, RuleViolation, SuppressedViolation } from '@paceline/build-graph'
import { nearest } from '@paceline/kit'
import { chunksError } from '../errors.ts'
import type { RuleFacts } from './facts/rule-facts.ts'
import { nameMatcher } from './match-names.ts'
import type { Suppression } from './options.ts'
import { rules } from './registry.ts'
import type { ResolvedRules } from './resolve-rules.ts'
import { ruleNames } from './rule-names.ts'
import type { Found, ResolvedRule, RuleName, Unmatched } from './rule.ts'
import { namesIn, subjectsOf } from './subjects.ts'

/** What the rules say about a build. */
export interface RulesVerdict {
  /** Every rule that is on, in the order of the documentation. */
  readonly results: readonly RuleResult[]
  /** What is wrong with the rules themselves: they match nothing, have expired, suppress nothing. */
  readonly problems: readonly Error[]
}

/**
 * Holds a build to its rules.
 *
 * @param today `YYYY-MM-DD`; suppressions end by it
 */
export function evaluateRules(facts: RuleFacts, resolved: ResolvedRules, today: string): RulesVerdict {
  const used = new Set<Suppression>()
  const problems: Error[] = []
  const results = ruleNames.flatMap((name) => {
    if (resolved[name].severity === 'off') return []
    const { found, unmatched } = run(name, facts, resolved)
    problems.push(...unmatched.map(noMatch))
    const accepted = resolved.suppress.filter((suppression) => suppression.rule === name)
    return [resultOf(name, found, resolved[name], accepted, used, today)]
  })
  for (const suppression of resolved.suppress) {
    const { rule, subject, until, reason } = suppression
    if (!used.has(suppression)) problems.push(suppressesNothing(suppression, results))
    else if (until < today) problems.push(chunksError('PACELINE_SUPPRESSION_EXPIRED', [rule, subject, until, reason]))
  }
  return { results, problems }
}

/** One rule with its own parameters: here the compiler can see that they belong together. */
function run<Name extends RuleName>(
  name: Name,
  facts: RuleFacts,
  resolved: ResolvedRules,
): { found: Found[]; unmatched: Unmatched[] } {
  const rule = rules[name]
  const parameters: ResolvedRule<Name> = resolved[name]
  const ignored = nameMatcher(parameters.ignore)
  const all = rule.check(facts, parameters)
  const stale = staleIgnores(name, facts, parameters.ignore, all.flatMap(namesOf))
  return {
    found: all.filter((one) => !ignored(namesOf(one))),
    unmatched: [...(rule.unmatched?.(facts, parameters) ?? []), ...stale],
  }
}

/** What does not break a rule now may be ignored nevertheless; what is not in the build at all is a slip of the pen, or gone. */
function staleIgnores(
  rule: RuleName,
  { report }: RuleFacts,
  ignore: readonly string[],
  broken: readonly string[],
): Unmatched[] {
  if (ignore.length === 0) return []
  const known = [...broken, ...namesIn(report)]
  return ignore.flatMap((pattern) =>
    nameMatcher([pattern])(known)
      ? []
      : [{ option: `chunks.${rule}.ignore '${pattern}'`, among: [...broken, ...subjectsOf(report)] }],
  )
}

function resultOf(
  rule: RuleName,
  found: readonly Found[],
  { severity }: { readonly severity: string },
  accepted: readonly Suppression[],
  used: Set<Suppression>,
  today: string,
): RuleResult {
  const level = severity === 'warn' ? 'warn' : 'error'
  const violations: RuleViolation[] = []
  const suppressed: SuppressedViolation[] = []
  for (const one of heaviestFirst(found)) {
    const by = accepted.filter(({ subject }) => nameMatcher([subject])(namesOf(one)))
    for (const suppression of by) used.add(suppression)
    const { subject, message, chain, bytes, fix } = one
    const violation: RuleViolation = {
      message,
      chain,
      subject,
      severity: level,
      ...(bytes === undefined ? {} : { bytes }),
      ...(fix === undefined ? {} : { fix }),
    }
    const valid = by.find(({ until }) => until >= today)
    if (valid) suppressed.push({ ...violation, reason: valid.reason, until: valid.until })
    else violations.push(violation)
  }
  const status = violations.length === 0 ? 'pass' : level === 'warn' ? 'warn' : 'fail'
  return { rule, status, violations, ...(suppressed.length > 0 ? { suppressed } : {}) }
}

function heaviestFirst(found: readonly Found[]): Found[] {
  return found.toSorted(
    (a, b) => (b.bytes ?? 0) - (a.bytes ?? 0) || (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
  )
}

function namesOf({ subject, names = [] }: Found): string[] {
  return [subject, ...names]
}

function noMatch({ option, among }: Unmatched): Error {
  const written = /'([^']*)'\]?$/.exec(option)?.[1] ?? option
  return chunksError('PACELINE_RULE_NO_MATCH', [option, hint(written, among, 'Correct it, or remove it.')])
}

function suppressesNothing({ rule, subject }: Suppression, results: readonly RuleResult[]): Error {
  const broken = results.find((result) => result.rule === rule)
  const among = [...(broken?.violations ?? []), ...(broken?.suppressed ?? [])].flatMap(
    ({ subject: name }) => name ?? [],
  )
  return chunksError('PACELINE_SUPPRESSION_UNUSED', [rule, subject, hint(subject, among, 'Remove the suppression.')])
}

function hint(written: string, among: readonly string[], otherwise: string): string {
  const near = nearest(written.replace(/\/\*.*$/, ''), among) ?? nearest(written, among)
  return near === undefined ? otherwise : `Did you mean \`${near}\`? ${otherwise}`
}
