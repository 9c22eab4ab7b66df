import { inspectCache, pruneCache } from '@paceline/artifact-cache'
import { reportUsageAtExit } from '../lib/process-usage.ts'

/** The process that is measured: it looks through a directory, or prunes it. */

const [task, dir = '', limit, usageFile = ''] = process.argv.slice(2)
reportUsageAtExit(usageFile)
const options = { dir, namespace: 'bench', redis: undefined, maxSize: Number(limit), maxAge: 30 * 86_400_000 }
const answer = task === 'inspect' ? (await inspectCache(options))[0]!.total : await pruneCache(options)
process.stdout.write(JSON.stringify(answer))
