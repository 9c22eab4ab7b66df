import { createRequire, enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { reportUsageAtExit } from './process-usage.ts'
import type { BuildTask } from './run-build.ts'

/** The process that is measured: one `vite build`, with the Vite of the app. */

const [task, usageFile] = process.argv.slice(2)
if (task === undefined || usageFile === undefined) throw new Error('`build-in-child` wants a task and a file.')
reportUsageAtExit(usageFile)

// As the command `vite` does, before it loads anything.
enableCompileCache()

const parsed: BuildTask = JSON.parse(task)
const { config } = await import(pathToFileURL(parsed.configModule).href)
const vite = createRequire(join(parsed.app, 'package.json')).resolve('vite')
const { build } = await import(pathToFileURL(vite).href)
await build(await config(parsed))
