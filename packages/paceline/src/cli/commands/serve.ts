import { relative } from 'node:path'
import { isOwnHost, reportMount, startServer } from '@paceline/delivery/server'
import type { ServerOptions } from '@paceline/delivery/server'
import { parseBytes } from '@paceline/kit'
import { introduce } from '../collector/describe-collector.ts'
import type { Command, Invocation } from '../command.ts'
import { locateDist } from '../serve/locate-dist.ts'
import { collectorInServe, collectorMount, openCollector } from '../serve/open-collector.ts'
import { readTls } from '../serve/read-tls.ts'
import { serveError } from '../serve/serve-errors.ts'
import { untilStopped } from '../serve/until-stopped.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'Serve a build as in production: encodings, deltas, cache policy, real 404s.',
  positionals: { usage: '[dist]', least: 0, most: 1 },
  options: {
    port: { type: 'string', value: 'PORT', help: 'Port to listen on; 0 takes any that is free (default: 4173)' },
    host: { type: 'string', value: 'HOST', help: 'Address to listen on; 0.0.0.0 for all (default: 127.0.0.1)' },
    http2: { type: 'boolean', help: 'Insist on HTTP/2, which --cert and --self-signed turn on by themselves' },
    cert: { type: 'string', value: 'FILE', help: 'Certificate in PEM' },
    key: { type: 'string', value: 'FILE', help: 'Key of the certificate in PEM' },
    'self-signed': { type: 'boolean', help: 'Make a certificate for localhost' },
    'early-hints': { type: 'boolean', help: 'Send 103 Early Hints over HTTP/1 too, for a proxy that passes them on' },
    'access-log': { type: 'boolean', help: 'A line per request on stderr, in the combined format' },
    memory: { type: 'string', value: 'SIZE', help: 'What may be kept of small files in memory (default: 64 MB)' },
    reports: { type: 'string', value: 'DIR', help: 'Folder of manifest and reports (default: .paceline beside dist)' },
    ...collectorInServe,
  },
  examples: [
    'paceline serve',
    'paceline serve dist --port 8080 --host 0.0.0.0',
    'paceline serve --collect',
    'paceline serve --self-signed',
  ],
  async run(invocation, io) {
    const { port, memory } = readNumbers(invocation)
    const host = invocation.text('host') ?? '127.0.0.1'
    const tls = await readTls(invocation, io)
    const { dir, manifest, reportDir } = await locateDist(invocation, io)
    const warn = (message: string): void => io.err(`paceline: ${message}\n`)
    if (manifest === undefined) {
      warn(
        `\`${relative(io.cwd, dir) || '.'}\` has no delivery manifest: only what is sure of its files is used. Build it with Paceline for deltas, routes and long caching.`,
      )
    }
    // What listens to the world shows them only when told to.
    const reports = isOwnHost(host) || invocation.text('reports') !== undefined ? reportMount(reportDir) : undefined
    const collector = await openCollector(invocation, io, { host, reportDir })
    const options: ServerOptions = {
      dir,
      host,
      port,
      memory,
      warn,
      tls,
      earlyHints: invocation.flag('early-hints') ? 'always' : 'http2',
      accessLog: invocation.flag('access-log') ? (line) => io.err(line) : undefined,
      mounts: collector ? [collectorMount(collector, reports)] : reports ? [reports] : [],
    }
    try {
      const server = await startServer(manifest, options)
      io.out(invocation.flag('json') ? `${JSON.stringify({ url: server.url })}\n` : `${server.url}\n`)
      if (collector) introduce(collector, server.url.replace(/\/$/, ''), invocation, io)
      await untilStopped()
      // Who watches the dashboard holds a connection that ends only with the collector.
      await Promise.all([server.close(), collector?.close()])
    } finally {
      await collector?.close()
    }
    return { code: 0, result: '' }
  },
}

function readNumbers(invocation: Invocation): {
  readonly port: number | undefined
  readonly memory: number | undefined
} {
  const port = invocation.text('port')
  const memory = invocation.text('memory')
  const number = Number(port)
  if (port !== undefined && !(Number.isInteger(number) && number >= 0 && number <= 65_535)) {
    throw serveError('PACELINE_SERVE_OPTION', ['--port', `'${port}'`, 'Name a number from 0 to 65535.'])
  }
  return {
    port: port === undefined ? undefined : number,
    memory: memory === undefined ? undefined : parseBytes(memory, '--memory'),
  }
}
