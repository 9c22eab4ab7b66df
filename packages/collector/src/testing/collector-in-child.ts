import { flushCompileCache } from 'node:module'
import { startCollector } from '../start-collector.ts'

/** A collector in a process of its own, which a test can kill. Its first line is its address. */
const { url } = await startCollector(0, { dir: process.argv[2]!, rateLimit: false, redis: false, clickhouse: false })
process.stdout.write(`${url}\n`)
// Nobody who is killed does it.
flushCompileCache()
