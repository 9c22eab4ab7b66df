import { evaluateRules } from '../evaluate-rules.ts'
import type { RuleFacts } from '../facts/rule-facts.ts'
import type { RuleOptions } from '../options.ts'
import { resolveRules } from '../resolve-rules.ts'
import type { RuleName } from '../rule.ts'

/** What a rule says about a build, one line each: `subject: message [chain] bytes`. Options as a user writes them. */
export function check(rule: RuleName, facts: RuleFacts, options: RuleOptions): string[] {
  const { results } = evaluateRules(facts, resolveRules(options), '2026-11-21')
  const { violations } = results.find((result) => result.rule === rule) ?? { violations: [] }
  return violations.map(({ message, chain, bytes }) => {
    const way = chain.map(({ importer, line }) => (line === undefined ? importer : `${importer}:${line}`))
    return `${message} [${way.join(' → ')}] ${bytes ?? '-'}`
  })
}
