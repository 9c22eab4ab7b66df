import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { startCollector } from '@paceline/collector'
import type { CollectorOptions } from '@paceline/collector'
import type { Sla } from '@paceline/kit'
import { collectorCliError } from '../collector/collector-errors.ts'
import type { Command, Invocation } from '../command.ts'
import type { Io } from '../io.ts'
import { untilStopped } from '../serve/until-stopped.ts'

const PORT = 4318

export const collect: Command = {
  name: 'collect',
  summary: 'Take the beacons of pages, and show what users feel and whether the SLA holds.',
  positionals: { usage: '', least: 0, most: 0 },
  options: {
    port: { type: 'string', value: 'PORT', help: `Port to listen on; 0 takes any that is free (default: ${PORT})` },
    host: { type: 'string', value: 'HOST', help: 'Address to listen on; others than 127.0.0.1 need a token' },
    dir: { type: 'string', value: 'DIR', help: 'Where beacons are kept (default: .paceline/collector)' },
    sla: { type: 'string', value: 'FILE', help: 'The SLA as JSON, as `sla` in paceline() has it' },
    'trust-proxy': { type: 'boolean', help: 'The last address in X-Forwarded-For is written by a proxy of ours' },
    'country-header': { type: 'string', value: 'NAME', help: 'Header in which that proxy says the country' },
    'min-samples': { type: 'string', value: 'N', help: 'Pages below which no verdict is given (default: 50)' },
    log: { type: 'boolean', help: 'A line of JSON per request and event on stderr' },
  },
  examples: [
    'paceline collect',
    'paceline collect --port 4318 --dir /var/lib/paceline --sla sla.json',
    'PACELINE_COLLECTOR_TOKEN=… paceline collect --host 0.0.0.0 --trust-proxy',
  ],
  async run(invocation, io) {
    const port = numberOf(invocation, 'port', 0, 65_535) ?? PORT
    const host = invocation.text('host') ?? '127.0.0.1'
    const running = await startCollector(port, await optionsOf(invocation, host, io)).catch((cause: unknown) => {
      const { code, message } = cause as NodeJS.ErrnoException
      if (code?.startsWith('PACELINE_')) throw cause
      throw collectorCliError('PACELINE_COLLECT_LISTEN', [`${host}:${port}`, code ?? message], { cause })
    })
    io.out(invocation.flag('json') ? `${JSON.stringify({ url: running.url })}\n` : `${running.url}\n`)
    if (!invocation.flag('json')) io.err(`paceline: dashboard at ${running.url}/__paceline/dashboard/\n`)
    await untilStopped()
    await running.close()
    return { code: 0, result: '' }
  },
}

async function optionsOf(invocation: Invocation, host: string, io: Io): Promise<CollectorOptions> {
  const file = invocation.text('sla')
  const minSamples = numberOf(invocation, 'min-samples', 1, 1_000_000)
  const webhook = process.env['PACELINE_WEBHOOK_URL']
  return {
    host,
    dir: resolve(io.cwd, invocation.text('dir') ?? '.paceline/collector'),
    sla: file === undefined ? undefined : await readSla(resolve(io.cwd, file)),
    trustProxy: invocation.flag('trust-proxy'),
    countryHeader: invocation.text('country-header'),
    minSamples,
    webhook: webhook ? { url: webhook, secret: process.env['PACELINE_WEBHOOK_SECRET'] ?? '' } : undefined,
    log: invocation.flag('log') ? (line) => io.err(`${line}\n`) : undefined,
  }
}

async function readSla(file: string): Promise<Sla> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Sla
  } catch (cause) {
    throw collectorCliError('PACELINE_COLLECT_FILE', ['--sla', file, (cause as Error).message], { cause })
  }
}

function numberOf(invocation: Invocation, name: string, least: number, most: number): number | undefined {
  const text = invocation.text(name)
  if (text === undefined) return undefined
  const number = Number(text)
  if (text !== '' && Number.isInteger(number) && number >= least && number <= most) return number
  throw collectorCliError('PACELINE_COLLECT_OPTION', [
    `--${name}`,
    `'${text}'`,
    `Name a whole number from ${least} to ${most}.`,
  ])
}
