import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { createApp } from '../server/app.ts'
import { openDatabase } from '../server/database.ts'
import { seed } from '../server/seed/seed.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const now = (): Date => new Date()

// One process for both: the API on a port of its own, and Vite in front of it.
const database = openDatabase(':memory:')
seed(database, now())
const api = await createApp({ database, now, dist: `${root}dist`, reports: `${root}.paceline` })
const target = await api.listen({ port: 0, host: '127.0.0.1' })
const vite = await createServer({ root, server: { proxy: { '/api': target, '/__paceline': target } } })
await vite.listen()
vite.printUrls()

const stop = async (): Promise<void> => {
  await Promise.all([vite.close(), api.close()])
  database.close()
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
