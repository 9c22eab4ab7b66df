import { parseArgs } from 'node:util'

export interface ServeOptions {
  /** 0 asks the system for a free one. */
  port: number
  host: string
  json: boolean
  /** File of the database; `:memory:` when nothing is to be kept. */
  data: string
  /** The built app, relative to the playground. */
  dist: string
  /** What Paceline has written about it, relative to the playground. */
  reports: string
  /** Where what visitors feel is kept, relative to the playground. */
  beacons: string
  /** The day that the first data counts from. */
  now?: Date
}

export const HELP = `Serves Lumen's API and the built app.

  npm run -w @paceline/playground serve -- --port 4180 --data studio.db

  --port N      port to listen on; 0 takes a free one (default 4180)
  --host NAME   address to listen on (default 127.0.0.1)
  --data FILE   keep the data in FILE (default: in memory, fresh at every start)
  --dist DIR    the built app (default dist)
  --beacons DIR keep what visitors feel in DIR (default .paceline/collector)
  --reports DIR what Paceline wrote about it (default .paceline)
  --now DATE    the day that the seed data counts from, e.g. 2026-11-20 (default today)
  --json        print the address as {"url": …}
`

/** @throws with a sentence for the user when an option is unknown or cannot be used. */
export function parseServeOptions(args: readonly string[]): ServeOptions | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '4180' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: ':memory:' },
      dist: { type: 'string', default: 'dist' },
      reports: { type: 'string', default: '.paceline' },
      beacons: { type: 'string', default: '.paceline/collector' },
      now: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`\`--port\` is no port; received ${values.port}. Give a number from 0 to 65535.`)
  }
  const { host, json, data, dist, reports, beacons } = values
  const options = { port, host, json, data, dist, reports, beacons }
  if (values.now === undefined) return options
  const now = new Date(values.now)
  if (Number.isNaN(now.getTime())) {
    throw new Error(`\`--now\` is no date; received ${values.now}. Give one like 2026-11-20.`)
  }
  return { ...options, now }
}
