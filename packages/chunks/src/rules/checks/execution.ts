import type { BuildReport } from '@paceline/build-graph'
import type { DescribedFault } from '../../verify/describe-fault.ts'
import { bytesOf, bytesOfFiles } from '../loads.ts'
import type { Found, Rule } from '../rule.ts'

/** Finished chunks that do not run as the source does. */
export const execution: Rule<'execution'> = {
  name: 'execution',
  check({ report, faults }, { circles }) {
    return faults
      .filter(({ kind, harmful }) => harmful && (circles || kind !== 'cycle'))
      .map((fault) => found(report, fault))
  },
}

function found(report: BuildReport, fault: DescribedFault): Found {
  const { kind, subject, names, about, what, besides, chain, advice, suspected = false } = fault
  return {
    subject,
    names,
    message: `${about} ${kind === 'cycle' ? 'is a circle of chunks: ' : ''}${[what, ...besides].join('; ')}.`,
    chain,
    bytes: costOfFault(report, fault),
    fix: advice,
    ...(suspected ? { severity: 'warn' as const } : {}),
  }
}

/** Chunks that wait for each other, of which whoever asks for one downloads all; else the modules that run where they should not. */
function costOfFault(report: BuildReport, { kind, subject, names }: DescribedFault): number {
  if (kind === 'cycle' || kind === 'deadlock') return bytesOfFiles(report, names)
  return (kind === 'early' ? names : [subject]).reduce((sum, id) => sum + bytesOf(report, id), 0)
}
