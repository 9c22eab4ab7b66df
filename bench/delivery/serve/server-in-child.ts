import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { startServer } from '@paceline/delivery/server'

/** Starts one of the servers that are compared: `node server-in-child.ts NAME DIRECTORY PORT [MEMORY]`. Prints a line when it is ready. */

const [, , name = '', dir = '', portText = '', memoryText] = process.argv
const port = Number(portText)
const host = '127.0.0.1'
// Peers are loaded by name: they are not there when the repository is checked.
const load = async <Module>(specifier: string): Promise<Module> => (await import(specifier)) as Module

type Middleware = (request: object, response: { statusCode: number; end(): void }, next: () => void) => void

if (name === 'paceline serve') {
  const memory = memoryText === undefined ? undefined : Number(memoryText)
  await startServer(undefined, { dir, port, host, memory })
} else if (name === 'node:http') {
  // The floor: bytes that never change, with as many headers, and no question asked.
  const answers = new Map<string, { content: Buffer; headers: string[] }>(
    ['page.html', 'react.js', 'react-dom.js'].map((file) => {
      const content = readFileSync(join(dir, `${file}.gz`))
      const fixed = {
        'content-encoding': 'gzip',
        'cache-control': 'no-cache',
        vary: 'Accept-Encoding',
        etag: '"fixed"',
      }
      const headers = { 'content-type': 'text/plain', 'content-length': String(content.byteLength), ...fixed }
      return [`/${file}`, { content, headers: Object.entries(headers).flat() }] as const
    }),
  )
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    response.writeHead(answer ? 200 : 404, answer?.headers)
    response.end(answer?.content)
  })
  await new Promise<void>((done) => server.listen(port, host, done))
} else if (name === 'sirv') {
  const { default: sirv } = await load<{ default: (dir: string, options: object) => Middleware }>('sirv')
  // Its fastest: the directory is read once, at the start.
  const serve = sirv(dir, { brotli: true, gzip: true, etag: true, dev: false })
  const server = createServer((request, response) => {
    serve(request, response, () => {
      response.statusCode = 404
      response.end()
    })
  })
  await new Promise<void>((done) => server.listen(port, host, done))
} else if (name === '@fastify/static') {
  const { fastify } = await load<{ fastify: () => Fastify }>('fastify')
  const { default: plugin } = await load<{ default: object }>('@fastify/static')
  const app = fastify()
  await app.register(plugin, { root: dir, preCompressed: true })
  await app.listen({ port, host })
} else throw new Error(`\`${name}\` is not a server that is compared.`)
// Who wants to know asks over the channel, and has given `--expose-gc`.
process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  process.send?.(heapUsed + external)
})
process.stdout.write('ready\n')

interface Fastify {
  register(plugin: object, options: object): Promise<void>
  listen(address: object): Promise<string>
}
