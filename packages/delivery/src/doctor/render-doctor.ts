import { fill } from '@paceline/kit'
import type { DoctorReport } from './run-doctor.ts'

const MOST_PATHS = 3

/** The report for people. */
export function renderDoctor(report: DoctorReport, columns = 100): string {
  const { url, release, host, verdict, files, requests, findings, problem } = report
  const head = `paceline doctor ${url}: ${host === 'unknown' ? 'an unknown server' : host}, release ${release}, ${count(files, 'file')}, ${count(requests, 'request')}`
  if (verdict === 'unreachable') return `${head}\n✗ The site cannot be reached: ${problem}.\n`
  const groups = findings.map(({ check, subject, expected, received, severity, paths, why, fix }) => {
    const what = check === 'header' ? subject! : [check, subject].filter(Boolean).join(' ')
    const more = paths.length > MOST_PATHS ? ` and ${paths.length - MOST_PATHS} more` : ''
    return [
      `${severity === 'error' ? '✗' : '·'} ${what}  expected ${expected}; received ${received}`,
      `    ${paths.slice(0, MOST_PATHS).join(', ')}${more}`,
      fill('    ', why.split(' '), columns, 4, ' '),
      fill('    → ', fix.split(' '), columns, 6, ' '),
    ].join('\n')
  })
  return `${[head, ...groups, closing(report)].join('\n')}\n`
}

function closing({ verdict, findings }: DoctorReport): string {
  const notes = findings.filter(({ severity }) => severity === 'note').length
  if (verdict === 'differs') return `✗ The site differs from the policy in ${count(findings.length - notes, 'way')}`
  if (verdict === 'unfinished') return '✗ Time was up before everything was looked at; what was is as the policy says'
  return notes === 0
    ? '✓ The site does what the policy says'
    : `✓ The site does what the policy says; ${count(notes, 'saving')} that this host cannot make`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
