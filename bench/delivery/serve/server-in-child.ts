import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { startServer } from '@paceline/delivery/server'

/** Starts one of the servers that are compared: `node server-in-child.ts NAME DIRECTORY PORT [MEMORY]`. Prints a line when it is ready. */

const [, , name = '', dir = '', portText = '', memoryText] = process.argv
const port = Number(portText)
const host = '127.0.0.1'
const NOTHING = 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'
// Peers are loaded by name: they are not there when the repository is checked.
const load = async <Module>(specifier: string): Promise<Module> => (await import(specifier)) as Module

interface FixedAnswer {
  readonly content: Buffer
  readonly headers: string[]
}

type Middleware = (request: object, response: { statusCode: number; end(): void }, next: () => void) => void

if (name === 'paceline serve') {
  const memory = memoryText === undefined ? undefined : Number(memoryText)
  await startServer(undefined, { dir, port, host, memory })
} else if (name === 'node:http') {
  // The floor of HTTP in Node: bytes that never change, with as many headers, and no question asked.
  const answers = fixedAnswers()
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '')
    response.writeHead(answer ? 200 : 404, answer?.headers)
    response.end(answer?.content)
  })
  await new Promise<void>((done) => server.listen(port, host, done))
} else if (name === 'node:net') {
  // The floor of sockets in Node: whatever comes is a request, and one write of one buffer answers it.
  const messages = new Map(
    [...fixedAnswers()].map(([path, { content, headers }]) => [path, wholeMessage(content, headers)]),
  )
  const server = createSocketServer({ noDelay: true }, (socket) => {
    socket.on('data', (chunk) => {
      // `GET /path HTTP/1.1`
      const path = chunk.toString('latin1', 4, chunk.indexOf(' ', 4))
      socket.write(messages.get(path) ?? NOTHING)
    })
    socket.on('error', () => socket.destroy())
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

/** What the floors answer, by path. */
function fixedAnswers(): Map<string, FixedAnswer> {
  return new Map(
    ['page.html', 'react.js', 'react-dom.js'].map((file) => {
      const content = readFileSync(join(dir, `${file}.gz`))
      const fixed = {
        'content-encoding': 'gzip',
        'cache-control': 'no-cache',
        vary: 'Accept-Encoding',
        etag: '"fixed"',
      }
      const headers = { 'content-type': 'text/plain', 'content-length': String(content.byteLength), ...fixed }
      return [`/${file}`, { content, headers: Object.entries(headers).flat() }]
    }),
  )
}

function wholeMessage(content: Buffer, headers: readonly string[]): Buffer {
  const pairs = [...headers, 'Date', new Date().toUTCString(), 'Connection', 'keep-alive']
  const lines = pairs.map((text, index) => text + (index % 2 === 0 ? ': ' : '\r\n')).join('')
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${lines}\r\n`), content])
}

interface Fastify {
  register(plugin: object, options: object): Promise<void>
  listen(address: object): Promise<string>
}
