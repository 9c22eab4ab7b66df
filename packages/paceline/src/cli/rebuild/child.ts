import { readFile, writeFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { buildApp } from './build-app.ts'
import type { RebuildAnswer, RebuildRequest } from './rebuild-request.ts'

// The process that builds: configs read `process.cwd()` and the environment, and a build may change both.
const request = JSON.parse(await readFile(process.argv[2]!, 'utf8')) as RebuildRequest
const answer = await buildApp(request).catch((error: unknown): RebuildAnswer => ({
  error: innermost(error) ?? { message: messageOf(error) },
}))
await writeFile(request.answer, JSON.stringify(answer))
// A plugin of the config may have left something running.
process.exit(0)

/** An error of ours under the wrappers of a bundler, which put their own text around what it says. */
function innermost(error: unknown): { readonly code: string; readonly message: string } | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { errors, cause, pluginCode, code } = error as Record<string, unknown>
  for (const inner of [...(Array.isArray(errors) ? (errors as unknown[]) : []), cause]) {
    const found = innermost(inner)
    if (found) return found
  }
  const own = [pluginCode, code].find((name) => typeof name === 'string' && name.startsWith('PACELINE_'))
  return typeof own === 'string' ? { code: own, message: messageOf(error) } : undefined
}

function messageOf(error: unknown): string {
  // Bundlers colour what they say, whoever asks.
  const message = stripVTControlCharacters(error instanceof Error ? error.message : String(error))
  // Frames of a bundler's own code help nobody.
  return message
    .replace(/\n\s*Stack backtrace:[^]*$/, '')
    .replace(/^PacelineError \[\w+\]: /, '')
    .replace(/\n\s+at [^]*$/, '')
}
