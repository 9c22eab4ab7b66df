import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sla } from '../build/sla.ts'
import { createApp } from './app.ts'
import { openCollector } from './collector.ts'
import { openDatabase } from './database.ts'
import { HELP, parseServeOptions, type ServeOptions } from './options.ts'
import { seed } from './seed/seed.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

async function serve(options: ServeOptions): Promise<void> {
  const database = openDatabase(options.data)
  const start = Date.now()
  const anchor = options.now?.getTime() ?? start
  const now = (): Date => new Date(anchor + Date.now() - start)
  seed(database, now())
  const [dist, reports] = [resolve(ROOT, options.dist), resolve(ROOT, options.reports)]
  const collector = await openCollector({
    dir: resolve(ROOT, options.beacons),
    host: options.host,
    sla,
    minSamples: 20,
  })
  const app = await createApp({ database, now, dist, reports, collector })
  const url = await app.listen({ port: options.port, host: options.host })
  process.stdout.write(`${options.json ? JSON.stringify({ url }) : url}\n`)

  const stop = async (): Promise<void> => {
    await app.close()
    await collector.close()
    database.close()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

try {
  const options = parseServeOptions(process.argv.slice(2))
  if (options === 'help') process.stdout.write(HELP)
  else await serve(options)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
