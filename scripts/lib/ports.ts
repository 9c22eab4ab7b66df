import { createServer } from 'node:net'
import { SetupError } from './setup-error.mjs'

const FURTHER = 50

/**
 * The port to serve on: the one asked for, or the first free one from `preferred` on.
 *
 * @throws {SetupError} When the port asked for is taken.
 */
export async function pickPort(preferred: number, asked: number | undefined): Promise<number> {
  if (asked !== undefined) {
    if (asked === 0 || (await isFree(asked))) return asked
    throw new SetupError(`\`--port\` names a port that is taken; received ${asked}. Name another, or leave it out.`)
  }
  for (let port = preferred; port < preferred + FURTHER; port++) {
    if (await isFree(port)) return port
  }
  throw new SetupError(
    `The ports from ${preferred} to ${preferred + FURTHER - 1} are all taken. Name a free one with \`--port\`.`,
  )
}

/**
 * The `--port` of a command line, written `--port 8080` or `--port=8080`.
 *
 * @throws {SetupError} When it is no port.
 */
export function askedPort(args: readonly string[]): number | undefined {
  const at = args.findIndex((arg) => arg === '--port' || arg.startsWith('--port='))
  if (at === -1) return undefined
  const value = args[at]?.split('=')[1] ?? args[at + 1] ?? ''
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65_535) return port
  throw new SetupError(`\`--port\` must be a number from 0 to 65535; received ${value === '' ? 'nothing' : value}.`)
}

/** Free on every address: something that listens on IPv6 only would answer in our place otherwise. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, undefined)) && (await canListen(port, '127.0.0.1'))
}

function canListen(port: number, host: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
