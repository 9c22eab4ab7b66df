import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { diffReports } from '@paceline/budgets'
import { chooseFormat } from '../choose-format.ts'
import { cliError } from '../cli-errors.ts'
import { baselineOptions, formatOptions } from '../command.ts'
import type { Command } from '../command.ts'
import { judgeCurrent } from '../contract/judge-current.ts'
import { rootOf } from '../contract/load-config.ts'
import { renderDiff } from '../render-result.ts'

export const diff: Command = {
  name: 'diff',
  summary: 'What changed since a baseline, and which imports did it.',
  positionals: { usage: '[baseline]', least: 0, most: 1 },
  options: { ...formatOptions, build: baselineOptions['build']! },
  examples: [
    'paceline diff main',
    'paceline diff .paceline/baseline.json --json',
    'paceline diff origin/main --markdown --output comment.md',
  ],
  async run(invocation, io) {
    const format = chooseFormat(invocation)
    const root = rootOf(invocation, io)
    const saved = join(root, '.paceline/baseline.json')
    const baseline = invocation.positionals[0] ?? (existsSync(saved) ? relative(io.cwd, saved) : undefined)
    const judged = await judgeCurrent({ dist: undefined, baseline, needsBudgets: false }, invocation, io)
    if (!judged.baseline) throw cliError('PACELINE_DIFF_NO_BASELINE', [root])
    const changes = diffReports(judged.baseline.report, judged.report)
    return { code: judged.code, result: await renderDiff(judged, changes, format, io) }
  },
}
