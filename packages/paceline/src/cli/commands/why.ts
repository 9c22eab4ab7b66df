import { readReport, reportFile } from '@paceline/build-graph'
import { renderJson } from '@paceline/budgets'
import type { Command } from '../command.ts'
import { loadConfig } from '../contract/load-config.ts'
import { appOf } from '../rebuild/app-of.ts'
import { explainSubject } from '../why/explain-subject.ts'
import { findSubject } from '../why/find-subject.ts'
import { measureCut } from '../why/measure-cut.ts'
import { renderWhy } from '../why/render-why.ts'

export const why: Command = {
  name: 'why',
  summary: 'Why a package or a module is in the build, and what removing it saves.',
  positionals: { usage: '<module|package>', least: 1, most: 1 },
  options: {
    all: { type: 'boolean', help: 'Every chain of imports, not only the shortest' },
    rebuild: { type: 'boolean', help: 'Build without the cheapest cut and say what it really saves' },
  },
  examples: ['paceline why moment', 'paceline why src/format.ts --json', 'paceline why moment --all --rebuild'],
  async run(invocation, io) {
    const { reportDir } = await loadConfig(invocation, io)
    const report = await readReport(reportFile(reportDir, 'client'))
    const subject = findSubject(report, invocation.positionals[0]!)
    const answer = explainSubject(report, subject)
    const log = (line: string): void => io.err(`paceline: ${line}\n`)
    const measures = invocation.flag('rebuild') && answer.cut
    const measured = measures ? await measureCut(appOf(invocation, io), subject, measures, log) : undefined
    const result = invocation.flag('json')
      ? renderJson({ schemaVersion: 1, ...answer, ...(measured ? { measured } : {}) })
      : renderWhy(answer, { color: io.color, all: invocation.flag('all'), measured })
    return { code: 0, result }
  },
}
