import { relative, resolve } from 'node:path'
import { readReport, reportFile } from '@paceline/build-graph'
import { diffReports, renderJson, renderMarkdown, resolveBaseline, writePages } from '@paceline/budgets'
import { chooseFormat } from '../choose-format.ts'
import type { Command } from '../command.ts'
import { baselineOptions, formatOptions } from '../command.ts'
import { loadConfig } from '../contract/load-config.ts'

export const report: Command = {
  name: 'report',
  summary: 'Write the report and the treemap as pages, and open them.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {
    markdown: { ...formatOptions['markdown']!, help: 'What is in the report as Markdown, for people and agents' },
    baseline: baselineOptions['baseline']!,
    open: { type: 'boolean', help: 'Open the page in a browser' },
  },
  examples: ['paceline report --open', 'paceline report --baseline main'],
  async run(invocation, io) {
    const format = chooseFormat(invocation)
    const { root, reportDir, budgets, buildsWith } = await loadConfig(invocation, io)
    const current = await readReport(reportFile(reportDir, 'client'))
    const given = invocation.text('baseline')
    // A file is named from where the command runs, one in the config from the app's root.
    const named = given?.endsWith('.json') ? resolve(io.cwd, given) : (given ?? budgets?.baseline)
    const log = (line: string): void => io.err(`paceline: ${line}\n`)
    const baseline =
      named === undefined
        ? undefined
        : await resolveBaseline({ baseline: named, root, current, rebuild: { configFile: buildsWith, log } })
    const pages = await writePages(current, reportDir, 'client', baseline)
    if (invocation.flag('open')) await io.open(pages.report)
    const paths = { report: relative(io.cwd, pages.report), treemap: relative(io.cwd, pages.treemap) }
    switch (format) {
      case 'json':
        return { code: 0, result: renderJson({ schemaVersion: 1, release: current.release, ...paths }) }
      case 'markdown': {
        const compared = baseline && { diff: diffReports(baseline.report, current), baseline: baseline.name }
        return { code: 0, result: renderMarkdown(current, compared) }
      }
      default:
        return { code: 0, result: `${paths.report}\n${paths.treemap}\n` }
    }
  },
}
