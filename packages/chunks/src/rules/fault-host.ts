import type { DescribedFault } from '../verify/describe-fault.ts'
import type { FaultHost } from '../verify/verifier-plugin.ts'
import { nameMatcher } from './match-names.ts'
import type { ResolvedRules } from './resolve-rules.ts'

/** Faults on their way from the verifier, which sees the bundle, to the rules, which see the report. */
export interface FoundFaults extends FaultHost {
  /** What was found in the output that was just made; once. */
  fetch(environment: string): readonly DescribedFault[]
}

/**
 * What the rules say about faults: those that `execution` calls an error end the build, unless they are ignored or suppressed.
 *
 * @param today `YYYY-MM-DD`
 */
export function faultHost({ execution, suppress }: ResolvedRules, today: () => string): FoundFaults {
  const found = new Map<string, readonly DescribedFault[]>()
  const isIgnored = nameMatcher(execution.ignore)
  return {
    ends({ subject, names }) {
      if (execution.severity !== 'error') return false
      const all = [subject, ...names]
      const accepted = suppress.filter(({ rule, until }) => rule === 'execution' && until >= today())
      return !isIgnored(all) && !accepted.some((suppression) => nameMatcher([suppression.subject])(all))
    },
    take: (environment, faults) => void found.set(environment, faults),
    fetch(environment) {
      const faults = found.get(environment) ?? []
      found.delete(environment)
      return faults
    },
  }
}
