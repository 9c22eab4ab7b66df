import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApp } from './app.ts'
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
  const app = await createApp({ database, now, dist: resolve(ROOT, options.dist), reports: resolve(ROOT, '.paceline') })
  const url = await app.listen({ port: options.port, host: options.host })
  process.stdout.write(`${options.json ? JSON.stringify({ url }) : url}\n`)

  const stop = async (): Promise<void> => {
    await app.close()
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
