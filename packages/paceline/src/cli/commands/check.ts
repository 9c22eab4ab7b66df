import { resolve } from 'node:path'
import { writeReport } from '@paceline/build-graph'
import { chooseFormat } from '../choose-format.ts'
import { baselineOptions, formatOptions } from '../command.ts'
import type { Command } from '../command.ts'
import { judgeCurrent } from '../contract/judge-current.ts'
import { renderVerdict } from '../render-result.ts'

export const check: Command = {
  name: 'check',
  summary: 'The verdict on a finished build, without building again.',
  positionals: { usage: '[dist]', least: 0, most: 1 },
  options: {
    ...formatOptions,
    ...baselineOptions,
    'save-baseline': { type: 'string', value: 'FILE', help: 'Save the report to compare later builds with' },
  },
  examples: [
    'paceline check',
    'paceline check --baseline origin/main --github',
    'paceline check --save-baseline .paceline/baseline.json',
  ],
  async run(invocation, io) {
    const format = chooseFormat(invocation)
    const [dist] = invocation.positionals
    const saved = invocation.text('save-baseline')
    const saves = saved === undefined ? undefined : resolve(io.cwd, saved)
    const judged = await judgeCurrent(
      { dist, baseline: invocation.text('baseline'), saves, needsBudgets: true },
      invocation,
      io,
    )
    if (saves !== undefined) {
      await writeReport(saves, judged.report)
      io.err(`paceline: saved release ${judged.report.release} as ${saved}\n`)
    }
    return { code: judged.code, result: await renderVerdict(judged, format, io) }
  },
}
