import { join, resolve } from 'node:path'
import { renderJson } from '@paceline/budgets'
import { renderDoctor, runDoctor } from '@paceline/delivery'
import type { DoctorReport } from '@paceline/delivery'
import { manifestFile, readManifestFile } from '@paceline/delivery/server'
import type { Command, ExitCode, Invocation } from '../command.ts'
import { rootOf } from '../contract/load-config.ts'
import { doctorError } from '../doctor/doctor-errors.ts'

const CODES: Readonly<Record<DoctorReport['verdict'], ExitCode>> = {
  holds: 0,
  differs: 1,
  unfinished: 2,
  unreachable: 2,
}

export const doctor: Command = {
  name: 'doctor',
  summary:
    'A live site against the delivery policy of the build: headers, encodings, deltas, 404s, and how to mend them.',
  positionals: { usage: '<url>', least: 1, most: 1 },
  options: {
    manifest: { type: 'string', value: 'FILE', help: 'Delivery manifest (default: .paceline/delivery/manifest.json)' },
    sample: { type: 'string', value: 'N', help: 'Files to look at, one of each kind first (default: all)' },
    concurrency: { type: 'string', value: 'N', help: 'Requests at once (default: 6)' },
    timeout: { type: 'string', value: 'SECONDS', help: 'For one answer (default: 10)' },
    total: { type: 'string', value: 'SECONDS', help: 'For everything (default: 120)' },
  },
  examples: ['paceline doctor https://example.com', 'paceline doctor https://example.com/app/ --sample 40 --json'],
  async run(invocation, io) {
    const url = readUrl(invocation.positionals[0]!)
    const named = invocation.text('manifest')
    const file =
      named === undefined ? manifestFile(join(rootOf(invocation, io), '.paceline'), 'client') : resolve(io.cwd, named)
    const numbers = {
      sample: readNumber(invocation, 'sample', 1, 1_000_000),
      concurrency: readNumber(invocation, 'concurrency', 1, 64),
      timeout: seconds(readNumber(invocation, 'timeout', 1, 600)),
      total: seconds(readNumber(invocation, 'total', 1, 86_400)),
    }
    const report = await runDoctor({ manifest: await readManifestFile(file), url, ...numbers })
    const result = invocation.flag('json') ? renderJson(report) : renderDoctor(report, io.columns)
    return { code: CODES[report.verdict], result }
  },
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw doctorError('PACELINE_DOCTOR_URL', [text])
}

function readNumber(invocation: Invocation, name: string, least: number, most: number): number | undefined {
  const text = invocation.text(name)
  if (text === undefined) return undefined
  const number = Number(text)
  if (Number.isInteger(number) && number >= least && number <= most) return number
  throw doctorError('PACELINE_DOCTOR_OPTION', [`--${name}`, text, least, most])
}

function seconds(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value * 1000
}
