import { Agent, request } from 'node:http'

/**
 * Asks a server for all of a site in turn, at a fixed rate, until its standard input ends: `node load-in-child.ts ORIGIN RATE PATH …`. Then it prints how
 * many requests were answered as they should be, answered otherwise, and left out because too many were waiting.
 */

const [, , origin = '', rateText = '', ...paths] = process.argv
const rate = Number(rateText)
const CONNECTIONS = 64
/** Beyond it requests are left out: a queue of its own would grow without end. */
const MOST_WAITING = 4 * CONNECTIONS
/** Milliseconds between two batches. */
const BEAT = 20
const KINDS: readonly Readonly<Record<string, string>>[] = [
  { 'accept-encoding': 'br' },
  { 'accept-encoding': 'gzip' },
  { 'accept-encoding': 'zstd' },
  {},
  { range: 'bytes=10-49' },
  { 'if-none-match': '*' },
]
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
const counts = { answered: 0, failed: 0, leftOut: 0 }
let waiting = 0

function ask(index: number): void {
  const isMissing = index % 50 === 49
  const path = isMissing ? `/missing-${index}.js` : paths[index % paths.length]!
  // The large file in parts: whole, it would measure the network.
  const headers = path.endsWith('.mp4') ? { range: 'bytes=5000000-5099999' } : KINDS[(index * 7) % KINDS.length]!
  const end = (outcome: 'answered' | 'failed'): void => {
    waiting -= 1
    counts[outcome] += 1
  }
  waiting += 1
  const sent = request(`${origin}${path}`, { agent, headers }, (response) => {
    const { statusCode = 0 } = response
    const isRight = isMissing ? statusCode === 404 : [200, 206, 304].includes(statusCode)
    response.on('data', () => undefined).once('end', () => end(isRight ? 'answered' : 'failed'))
  })
  sent.once('error', () => end('failed'))
  sent.end()
}

const started = performance.now()
let asked = 0
const beat = setInterval(() => {
  const due = Math.floor(((performance.now() - started) / 1000) * rate)
  for (; asked < due; asked += 1) {
    if (waiting < MOST_WAITING) ask(asked)
    else counts.leftOut += 1
  }
}, BEAT)

process.stdin.resume().once('end', () => {
  clearInterval(beat)
  process.stdout.write(JSON.stringify(counts), () => process.exit(0))
})
