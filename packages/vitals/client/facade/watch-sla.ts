import type { PageLimits, PageSla, Violation, VitalsEvent } from '../../src/page-api.ts'
import { subscribe } from './page-vitals.ts'

/** Operations before their compliance is a figure: of three, one that fails is a third. */
const ENOUGH = 20

/** Compares what happens in the page with the SLA as it happens. */
export function watchSla(sla: PageSla, listener: (violation: Violation) => void): () => void {
  const check = slaCheck(sla)
  return subscribe((event) => check(event, location.pathname).forEach((violation) => listener(violation)))
}

/** What each event violates. Counts operations: the compliance of the page is violated when it falls, not with every operation after. */
export function slaCheck(sla: PageSla): (event: VitalsEvent, path: string) => Violation[] {
  let done = 0
  let inTime = 0
  let isBroken = false
  return (event, path) => {
    const limits = limitsOf(sla, path)
    const { route } = event
    if (event.type === 'metric') {
      const { name, value, target } = event
      const limit = limits[name]
      return limit !== undefined && value > limit ? [{ kind: 'metric', name, value, limit, route, target }] : []
    }
    const { name, ms, ok } = event.operation
    const { within, compliance } = limits.operations
    const isInTime = ok && ms <= within
    done++
    if (isInTime) inTime++
    const violations: Violation[] = isInTime
      ? []
      : [{ kind: 'operation', name, value: ms, limit: within, route, failed: !ok }]
    const wasBroken = isBroken
    isBroken = done >= ENOUGH && inTime / done < compliance
    if (isBroken && !wasBroken) {
      violations.push({ kind: 'compliance', name: 'operations', value: inTime / done, limit: compliance, route })
    }
    return violations
  }
}

/** The limits of a path. */
export function limitsOf(sla: PageSla, path: string): PageLimits {
  return sla.routes.find(([pattern]) => pattern.test(path))?.[1] ?? sla.limits
}
