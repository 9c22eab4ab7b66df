import { fileURLToPath } from 'node:url'

/** What runs in the browser lies beside this package's own program: its sources while it is developed, built files in what is published. */
const isSource = import.meta.url.endsWith('.ts')

/** The runtime of the worker. */
export const WORKER_RUNTIME: string = fileURLToPath(
  new URL(isSource ? '../../worker/index.ts' : './worker.js', import.meta.url),
).replaceAll('\\', '/')

/** The page side. */
export const CLIENT_RUNTIME: string = fileURLToPath(
  new URL(isSource ? '../../client/index.ts' : './client.js', import.meta.url),
).replaceAll('\\', '/')

/** What pages begin with, until the page side is there. */
export const BEGIN_RUNTIME: string = fileURLToPath(
  new URL(isSource ? '../../client/begin.ts' : './begin.js', import.meta.url),
).replaceAll('\\', '/')
