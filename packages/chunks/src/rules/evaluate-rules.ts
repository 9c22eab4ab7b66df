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
  /** {@link results} for the report: with the problems, as violations of their rule, so that whoever reads it fails as the build does. */
  readonly reported: readonly RuleResult[]
}

/** What is wrong with an option of a rule. */
interface RuleProblem {
  readonly rule: string
  /** Where it is written. */
  readonly option: string
  readonly error: Error
}

/**
 * Holds a build to its rules.
 *
 * @param today `YYYY-MM-DD`; suppressions end by it
 */
export function evaluateRules(facts: RuleFacts, resolved: ResolvedRules, today: string): RulesVerdict {
  const used = new Set<Suppression>()
  const problems: RuleProblem[] = []
  const results = ruleNames.flatMap((name) => {
    if (resolved[name].severity === 'off') return []
    const { found, unmatched } = run(name, facts, resolved)
    problems.push(...unmatched.map((one) => ({ rule: name, option: one.option, error: noMatch(one) })))
    const accepted = resolved.suppress.filter((suppression) => suppression.rule === name)
    return [resultOf(name, found, resolved[name], accepted, used, today)]
  })
  for (const suppression of resolved.suppress) {
    const { rule, subject, until, reason } = suppression
    const error = !used.has(suppression)
      ? suppressesNothing(suppression, results)
      : until < today && chunksError('PACELINE_SUPPRESSION_EXPIRED', [rule, subject, until, reason])
    if (error) problems.push({ rule, option: `chunks.suppress '${subject}'`, error })
  }
  return {
    results,
    problems: problems.map(({ error }) => error),
    reported: results.map((result) => withProblems(result, problems)),
  }
}

function withProblems(result: RuleResult, problems: readonly RuleProblem[]): RuleResult {
  const own = problems.filter(({ rule }) => rule === result.rule)
  if (own.length === 0) return result
  const violations = own.map(({ option, error }): RuleViolation => ({
    message: error.message,
    chain: [],
    subject: option,
    severity: 'error',
  }))
  return { ...result, status: 'fail', violations: [...violations, ...result.violations] }
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
    const { subject, message, chain, bytes, fix, severity: own = level } = one
    const valid = by.find(({ until }) => until >= today)
    const violation: RuleViolation = {
      message,
      chain,
      subject,
      // What was accepted until a day that is over fails, whatever the rule says.
      severity: by.length > 0 && !valid ? 'error' : own,
      ...(bytes === undefined ? {} : { bytes }),
      ...(fix === undefined ? {} : { fix }),
    }
    if (valid) suppressed.push({ ...violation, reason: valid.reason, until: valid.until })
    else violations.push(violation)
  }
  const failing = violations.filter((violation) => violation.severity === 'error')
  const warning = violations.filter((violation) => violation.severity === 'warn')
  const status = failing.length > 0 ? 'fail' : warning.length > 0 ? 'warn' : 'pass'
  return { rule, status, violations: [...failing, ...warning], ...(suppressed.length > 0 ? { suppressed } : {}) }
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
  const [, start = written, rest = '/**'] = /^(.*?)(\/\*.*)$/.exec(written) ?? []
  const near = nearest(start, among) ?? nearest(written, among)
  if (near === undefined) return otherwise
  // The name of a directory matches nothing by itself.
  const meant = among.some((name) => name.startsWith(`${near}/`)) ? near + rest : near
  return meant === written ? otherwise : `Did you mean \`${meant}\`? ${otherwise}`
}
