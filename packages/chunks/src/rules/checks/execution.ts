import { bytesOf } from '../loads.ts'
import type { Rule } from '../rule.ts'

/** Finished chunks that do not run as the source does. */
export const execution: Rule<'execution'> = {
  name: 'execution',
  check({ report, faults }, { circles }) {
    return faults
      .filter(({ kind, harmful }) => harmful && (circles || kind !== 'cycle'))
      .map(({ kind, subject, names, about, what, besides, chain, advice, suspected = false }) => ({
        subject,
        names,
        message: `${about} ${kind === 'cycle' ? 'is a circle of chunks: ' : ''}${[what, ...besides].join('; ')}.`,
        chain,
        fix: advice,
        ...(suspected ? { severity: 'warn' as const } : {}),
        ...(kind === 'early' ? { bytes: names.reduce((sum, id) => sum + bytesOf(report, id), 0) } : {}),
      }))
  },
}
