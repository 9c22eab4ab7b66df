import { resolve } from 'node:path'
import { startCollector } from '@paceline/collector'
import { collectorError } from '../../collector/collector-errors.ts'
import { introduce } from '../collector/describe-collector.ts'
import { readNumber, readRunFlags, runFlags } from '../collector/run-flags.ts'
import type { Command } from '../command.ts'
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
    ...runFlags,
  },
  examples: [
    'paceline collect',
    'paceline collect --port 4318 --dir /var/lib/paceline --sla sla.json',
    'PACELINE_COLLECTOR_TOKEN=… paceline collect --host 0.0.0.0 --trust-proxy',
  ],
  async run(invocation, io) {
    const port = readNumber(invocation, 'port', 0, 65_535) ?? PORT
    const host = invocation.text('host') ?? '127.0.0.1'
    const dir = resolve(io.cwd, invocation.text('dir') ?? '.paceline/collector')
    const options = { ...(await readRunFlags(invocation, io)), host, dir }
    const running = await startCollector(port, options).catch((cause: unknown) => {
      const { code, message } = cause as NodeJS.ErrnoException
      if (code?.startsWith('PACELINE_')) throw cause
      throw collectorError('PACELINE_COLLECT_LISTEN', [`${host}:${port}`, code ?? message], { cause })
    })
    io.out(invocation.flag('json') ? `${JSON.stringify({ url: running.url })}\n` : `${running.url}\n`)
    if (!invocation.flag('json')) introduce(running.collector, running.url, invocation, io)
    await untilStopped()
    await running.close()
    return { code: 0, result: '' }
  },
}
