import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startCollector } from '@paceline/collector'

/*
 * One server: `floor` parses the JSON and answers 204, `collector` does all that a collector does. The first line is its address. Every second
 * comes a line with what it used so far.
 */

const [kind, dir = ''] = process.argv.slice(2)

if (kind === 'floor') {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString())
      response.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  say({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
} else {
  const options = { dir, rateLimit: false, redis: false, clickhouse: false } as const
  const { url, close } = await startCollector(0, options)
  process.once('SIGTERM', () => void close().then(() => process.exit(0)))
  say({ url })
}

setInterval(() => {
  const { user, system } = process.cpuUsage()
  say({ cpu: (user + system) / 1000, rss: process.memoryUsage.rss() })
}, 250)

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
