import { readFile, writeFile } from 'node:fs/promises'
import { errorCodes } from '@paceline/kit'
import { buildApp } from './build-app.ts'
import type { RebuildAnswer, RebuildRequest } from './rebuild-request.ts'

// The process that builds: configs read `process.cwd()` and the environment, and a build may change both.
const request = JSON.parse(await readFile(process.argv[2]!, 'utf8')) as RebuildRequest
const answer = await buildApp(request).catch((error: unknown): RebuildAnswer => {
  const code = errorCodes(error).find((name) => name.startsWith('PACELINE_'))
  const message = error instanceof Error ? error.message : String(error)
  return { error: { message, ...(code === undefined ? {} : { code }) } }
})
await writeFile(request.answer, JSON.stringify(answer))
// A plugin of the config may have left something running.
process.exit(0)
