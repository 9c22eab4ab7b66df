/** A process that uses Redis and forgets to close it. Prints how long it took, in milliseconds. */
import { redisTier } from '../redis/redis-tier.ts'
import { artifact, redisOptions } from './samples.ts'

const [url = '', cluster = ''] = process.argv.slice(2)
const begun = performance.now()
const tier = redisTier(
  redisOptions(url, { cluster: cluster === 'cluster' }),
  (message) => void process.stderr.write(message),
)
await tier.get('app:kind:1')
await tier.put('app:kind:1', artifact())
await tier.settle()
process.stdout.write(`${Math.round(performance.now() - begun)}\n`)
