import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { initError } from './init-errors.ts'
import type { FileChange } from './propose.ts'

/**
 * Writes a proposal: all of it, or nothing. New texts are first written beside the files, then put in their place; when one cannot be, those
 * before it are put back.
 *
 * @throws `PACELINE_INIT_CHANGED` when a file is not what the proposal was made of, `PACELINE_INIT_UNWRITABLE`
 */
export async function applyChanges(directory: string, changes: readonly FileChange[]): Promise<void> {
  for (const { file, before } of changes) {
    const path = join(directory, file)
    const now = existsSync(path) ? await readFile(path, 'utf8') : undefined
    if (now !== before) throw initError('PACELINE_INIT_CHANGED', [file])
  }
  const done: FileChange[] = []
  try {
    for (const change of changes) await prepare(directory, change)
    for (const change of changes) {
      await put(directory, change)
      done.push(change)
    }
  } catch (cause) {
    for (const { file, before } of done.toReversed()) await restore(join(directory, file), before)
    const { file } = changes[done.length]!
    throw initError('PACELINE_INIT_UNWRITABLE', [file, (cause as Error).message], { cause })
  } finally {
    await Promise.all(changes.map(({ file }) => rm(temporaryOf(directory, file), { force: true })))
  }
}

function temporaryOf(directory: string, file: string): string {
  return `${join(directory, file)}.paceline-init`
}

async function prepare(directory: string, { file, after }: FileChange): Promise<void> {
  if (after !== undefined) await writeFile(temporaryOf(directory, file), after)
}

async function put(directory: string, { file, after }: FileChange): Promise<void> {
  const path = join(directory, file)
  if (after === undefined) await rm(path)
  else await rename(temporaryOf(directory, file), path)
}

async function restore(path: string, before: string | undefined): Promise<void> {
  if (before === undefined) await rm(path, { force: true })
  else await writeFile(path, before)
}
