import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readReport, reportFile } from '@paceline/build-graph'
import { renderJson } from '@paceline/budgets'
import type { Command } from '../command.ts'
import { loadConfig, rootOf } from '../contract/load-config.ts'
import { explainSubject } from '../why/explain-subject.ts'
import { findSubject } from '../why/find-subject.ts'
import { renderWhy } from '../why/render-why.ts'

export const why: Command = {
  name: 'why',
  summary: 'Why a package or a module is in the build, and what removing it saves.',
  positionals: { usage: '<module|package>', least: 1, most: 1 },
  options: {},
  examples: ['paceline why moment', 'paceline why src/format.ts --json'],
  async run(invocation, io) {
    // The report answers by itself; the config is only asked where the report is.
    const usual = reportFile(join(rootOf(invocation, io), '.paceline'), 'client')
    const file = existsSync(usual) ? usual : reportFile((await loadConfig(invocation, io)).reportDir, 'client')
    const report = await readReport(file)
    const answer = explainSubject(report, findSubject(report, invocation.positionals[0]!))
    const result = invocation.flag('json') ? renderJson({ schemaVersion: 1, ...answer }) : renderWhy(answer, io.color)
    return { code: 0, result }
  },
}
