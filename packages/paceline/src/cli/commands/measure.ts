import { existsSync } from 'node:fs'
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { renderJson } from '@paceline/budgets'
import { renderGithub, renderHtml, renderMarkdown, renderText } from '@paceline/lab'
import type { LabResult } from '@paceline/lab'
import { chooseFormat } from '../choose-format.ts'
import { formatOptions } from '../command.ts'
import type { Command, ExitCode } from '../command.ts'
import type { Io } from '../io.ts'
import { measureBuilds } from '../measure/measure-builds.ts'
import { measureError } from '../measure/measure-errors.ts'
import { withBuilds } from '../measure/open-builds.ts'
import { readMeasureOptions } from '../measure/read-measure-options.ts'

const CODES: Readonly<Record<LabResult['verdict'], ExitCode>> = { holds: 0, broken: 1, unknown: 2 }
const { markdown, github } = formatOptions

export const measure: Command = {
  name: 'measure',
  summary: 'Visits of a build in a real browser: its limits, and whether it became slower.',
  positionals: { usage: '[url|dist|ref]', least: 0, most: 1 },
  options: {
    route: {
      type: 'string',
      value: 'PATHS',
      help: 'Pages, with commas between them (default: all without parameters)',
    },
    profile: {
      type: 'string',
      value: 'NAMES',
      help: 'slow-4g-4x (default), fast-3g-4x, desktop, none, or rtt=100,down=5000,up=1000,cpu=2',
    },
    visits: { type: 'string', value: 'KINDS', help: 'cold (default), repeat, update: after one of the baseline' },
    runs: {
      type: 'string',
      value: 'N',
      help: 'Visits that count, after two that do not (default: 5; beside --baseline 0, unless --profile or --visits)',
    },
    baseline: { type: 'string', value: 'BUILD', help: 'Compare with a directory, an address, or a git ref' },
    counts: { type: 'boolean', help: 'Compare counts alone, no CPU time: for machines that are never quiet' },
    tolerance: { type: 'string', value: 'PERCENT', help: 'By how much work may grow (default: 3)' },
    script: { type: 'string', value: 'FILE', help: 'Module with `async (page, lab) => …`: logins, interactions' },
    serve: { type: 'string', value: 'COMMAND', help: "The app's own server; {dist} stands for the directory" },
    'budget-time': { type: 'string', value: 'SECONDS', help: 'Make do with fewer visits when this is too short' },
    timeout: { type: 'string', value: 'SECONDS', help: 'For one visit (default: 60)' },
    insecure: { type: 'boolean', help: 'Take certificates that nobody vouches for' },
    install: { type: 'string', value: 'COMMAND', help: 'Installs the packages of a git ref when its lockfile differs' },
    html: { type: 'string', value: 'FILE', help: 'Write a page with waterfalls and long tasks, too' },
    traces: { type: 'string', value: 'DIR', help: 'Keep a trace of each page, for Perfetto and DevTools' },
    markdown: markdown!,
    github: github!,
  },
  examples: [
    'paceline measure dist --route / --runs 10',
    'paceline measure dist --baseline origin/main --markdown',
    'paceline measure feature --baseline main --counts',
    'paceline measure https://staging.example.com --profile desktop --visits cold,repeat',
  ],
  async run(invocation, io) {
    const format = chooseFormat(invocation)
    const given = invocation.text('baseline')
    const options = readMeasureOptions(invocation, given !== undefined)
    const page = await pageToWrite(invocation.text('html'), io)
    const { result, recorded } = await withBuilds(given, invocation, io, ({ candidate, baseline }) =>
      measureBuilds(candidate, baseline, options, invocation, io),
    )
    if (page !== undefined) await writeFile(page, renderHtml(result, recorded))
    return { code: CODES[result.verdict], result: render(result, format, io) }
  },
}

/**
 * The file to write, once it is known that it can be: nobody wants to hear of that after an hour of visits.
 *
 * @throws `PACELINE_MEASURE_OPTION`
 */
async function pageToWrite(written: string | undefined, io: Io): Promise<string | undefined> {
  if (written === undefined) return undefined
  const file = resolve(io.cwd, written)
  try {
    await mkdir(dirname(file), { recursive: true })
    const isNew = !existsSync(file)
    await (await open(file, 'a')).close()
    // An empty page would be left of visits that fail.
    if (isNew) await rm(file)
  } catch (cause) {
    const received = `'${written}' (${(cause as Error).message})`
    throw measureError('PACELINE_MEASURE_OPTION', ['--html', received, 'Name a file that can be written.'], { cause })
  }
  return file
}

function render(result: LabResult, format: ReturnType<typeof chooseFormat>, io: Io): string {
  if (format === 'json') return renderJson(result)
  if (format === 'markdown') return renderMarkdown(result)
  if (format === 'github') return renderGithub(result)
  return renderText(result, { color: io.color })
}
