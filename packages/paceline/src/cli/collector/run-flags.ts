import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CollectorOptions } from '@paceline/collector'
import type { Sla } from '@paceline/kit'
import { collectorError } from '../../collector/collector-errors.ts'
import type { Invocation, OptionSpec } from '../command.ts'
import type { Io } from '../io.ts'

/** Options of commands that run a collector. */
export const runFlags: Readonly<Record<string, OptionSpec>> = {
  sla: { type: 'string', value: 'FILE', help: 'The SLA as JSON, as `sla` in paceline() has it' },
  'trust-proxy': { type: 'boolean', help: 'The last address in X-Forwarded-For is written by a proxy of ours' },
  'country-header': { type: 'string', value: 'NAME', help: 'Header in which that proxy says the country' },
  'min-samples': { type: 'string', value: 'N', help: 'Pages below which no verdict is given (default: 50)' },
  log: { type: 'boolean', help: 'A line of JSON per request and event on stderr' },
}

/**
 * What those options and the environment say.
 *
 * @throws `PACELINE_COLLECT_OPTION`, `PACELINE_COLLECT_FILE`
 */
export async function readRunFlags(invocation: Invocation, io: Io): Promise<CollectorOptions> {
  const file = invocation.text('sla')
  const { PACELINE_WEBHOOK_URL: webhook, PACELINE_WEBHOOK_SECRET: secret } = process.env
  return {
    sla: file === undefined ? undefined : await readSla(resolve(io.cwd, file)),
    trustProxy: invocation.flag('trust-proxy'),
    countryHeader: invocation.text('country-header'),
    minSamples: readNumber(invocation, 'min-samples', 1, 1_000_000),
    webhook: webhook ? { url: webhook, secret: secret || undefined } : undefined,
    log: invocation.flag('log') ? (line) => io.err(`${line}\n`) : undefined,
  }
}

async function readSla(file: string): Promise<Sla> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Sla
  } catch (cause) {
    throw collectorError('PACELINE_COLLECT_FILE', ['--sla', file, (cause as Error).message], { cause })
  }
}

/** @throws `PACELINE_COLLECT_OPTION` */
export function readNumber(invocation: Invocation, name: string, least: number, most: number): number | undefined {
  const text = invocation.text(name)
  if (text === undefined) return undefined
  const number = Number(text)
  if (text !== '' && Number.isInteger(number) && number >= least && number <= most) return number
  throw collectorError('PACELINE_COLLECT_OPTION', [
    `--${name}`,
    `'${text}'`,
    `Name a whole number from ${least} to ${most}.`,
  ])
}
