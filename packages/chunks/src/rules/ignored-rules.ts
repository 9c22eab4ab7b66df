import { nameMatcher } from './match-names.ts'
import type { ResolvedRules } from './resolve-rules.ts'
import { ruleNames } from './rule-names.ts'

/** Rules that hold whatever happens, since they ignore what they are for. One sentence each. */
export function ignoredRules(rules: ResolvedRules): string[] {
  const { forbidden } = rules
  const named = {
    lazy: rules.lazy.modules,
    duplicates: rules.duplicates.only ?? [],
    forbidden: [...forbidden.initial, ...Object.values(forbidden.routes).flat(), ...forbidden.all].map(
      ({ name }) => name,
    ),
  }
  return ruleNames.flatMap((rule) => {
    const { severity, ignore } = rules[rule]
    if (severity === 'off') return []
    if (ignore.includes('**')) return [`\`chunks.${rule}\` ignores everything. Set it to 'off'.`]
    const names = rule in named ? new Set(named[rule as keyof typeof named]) : []
    return [...names]
      .filter((name) => ignores(ignore, name))
      .map((name) => `\`chunks.${rule}\` names '${name}' and ignores it. Keep one of the two.`)
  })
}

/** Of a glob nobody can say what another one leaves of it, unless it is the same. */
function ignores(ignore: readonly string[], name: string): boolean {
  const plain = (pattern: string): string => pattern.replace(/^\.\//, '')
  if (ignore.some((pattern) => plain(pattern) === plain(name))) return true
  return !/[*?{}[\]()!]/.test(name) && nameMatcher(ignore)([plain(name)])
}
