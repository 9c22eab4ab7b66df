import type { Machine } from '../../lib/machine.ts'
import { spreadTimes, table } from '../../lib/render-units.ts'
import type { Spread } from '../../lib/statistics.ts'

/** One server on one file. */
export interface ServedFigure {
  readonly file: string
  /** As sent. */
  readonly bytes: number
  readonly server: string
  readonly perSecond: Spread
  /** Of the server, µs for each request. */
  readonly cpu: Spread
  /** Requests per second of `paceline serve` against this one. */
  readonly ratio: Spread
  readonly cpuRatio: Spread
}

export interface ServeResults {
  readonly date: string
  readonly machine: Machine
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly figures: readonly ServedFigure[]
}

export function renderServe({ date, machine, rounds, seconds, connections, figures }: ServeResults): string {
  const rows = figures.map(({ file, bytes, server, perSecond, cpu, ratio, cpuRatio }) => [
    `${file}, ${(bytes / 1000).toFixed(1)} kB`,
    server,
    `${round(perSecond.median)} (${round(perSecond.min)}–${round(perSecond.max)})`,
    `${cpu.median.toFixed(1)} (${cpu.min.toFixed(1)}–${cpu.max.toFixed(1)})`,
    spreadTimes(ratio),
    spreadTimes(cpuRatio),
  ])
  const head = ['file, as sent', 'server', 'requests per second', 'CPU of the server per request, µs']
  return `# Serving a build

${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, load ${machine.load.toFixed(1)} before. Each server is one process; one thread of wrk, ${connections} connections kept alive, ${seconds} s for each file and server, ${rounds} rounds in turn after a warm-up; median and spread. All send the same bytes: the compressed sibling on disk. \`node:http\` and \`node:net\` are floors: servers that send fixed bytes and ask nothing, the second without HTTP, with one write of one buffer for whatever comes. With \`sendfile\` nginx hands pages of the file to the socket and copies none; Node has no such call, so every server in it copies contents into the socket, as \`nginx without sendfile\` does. \`nginx\` is set for speed: it keeps files open and no log; \`Debian’s settings\` are those it is installed with, and compressed siblings.

${table([...head, '`paceline serve` against it, requests', 'CPU'], rows)}
`
}

function round(value: number): string {
  return Math.round(value).toLocaleString('en')
}
