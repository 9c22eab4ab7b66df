import { renderJson } from '@paceline/budgets'
import type { SlaVerdict, Stats } from '@paceline/collector'
import { askCollector } from '../../collector/ask-collector.ts'
import { collectorError } from '../../collector/collector-errors.ts'
import { collectorFlags, collectorOf } from '../collector/collector-flags.ts'
import type { Command, ExitCode } from '../command.ts'

export const sloCheck: Command = {
  name: 'slo check',
  summary: 'Whether the SLA holds for a release, as its users feel it: for canaries.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {
    ...collectorFlags,
    release: { type: 'string', value: 'RELEASE', help: 'As `paceline release push` prints it (default: all releases)' },
    hours: { type: 'string', value: 'N', help: 'How far to look back (default: 24)' },
    nav: { type: 'string', value: 'TYPE', help: 'Navigation type (default: navigate)' },
  },
  examples: ['paceline slo check --release 3f2a9c01d4e5', 'paceline slo check --url https://rum.example.com --hours 1'],
  async run(invocation) {
    const release = invocation.text('release')
    if (release !== undefined && !/^[\da-f]{12}$/.test(release)) {
      throw collectorError('PACELINE_RELEASE_UNKNOWN', [release])
    }
    const hours = Number(invocation.text('hours') ?? 24)
    if (!(hours > 0 && hours <= 9600)) {
      throw collectorError('PACELINE_COLLECT_OPTION', ['--hours', `'${invocation.text('hours')}'`, 'Name hours.'])
    }
    const query = new URLSearchParams({
      from: `${Math.floor(Date.now() - hours * 3_600_000)}`,
      ...(release === undefined ? {} : { release }),
      nav: invocation.text('nav') ?? 'navigate',
    })
    const { pages, sla } = await askCollector<Stats>(collectorOf(invocation), `performance/stats?${query}`)
    const code = codeOf(sla)
    const verdict = { 0: 'holds', 1: 'broken', 2: 'not enough data' }[code]
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, verdict, ...(release === undefined ? {} : { release }), pages, sla })
      : `${sla.map(line).join('\n')}\n${verdict === 'holds' ? 'The SLA holds' : verdict === 'broken' ? 'The SLA is broken' : 'There is not enough data'} (${pages} pages).\n`
    return { code, result }
  },
}

/** One that is broken breaks it all; without any that can be told it cannot be told. */
function codeOf(sla: readonly SlaVerdict[]): ExitCode {
  if (sla.some(({ status }) => status === 'broken')) return 1
  return sla.some(({ status }) => status === 'holds') ? 0 : 2
}

function line({ name, target, actual, status, n, within, required }: SlaVerdict): string {
  const share = n === 0 ? '–' : `${((within / n) * 100).toFixed(1)} %`
  const limit = name === 'operations' ? '' : ` p75 ${actual ?? '–'} of ${target ?? 'several limits'},`
  return `${name.padEnd(11)} ${status.padEnd(16)}${limit} ${share} of ${n} kept it; ${required * 100} % must`
}
