import { readFile } from 'node:fs/promises'
import { PacelineError, writeAtomic } from '@paceline/kit'
import { chunksError } from '../errors.ts'
import { formatPlan } from './format-plan.ts'
import { parsePlan } from './parse-plan.ts'
import type { StoredPlan } from './stored-plan.ts'

/**
 * Reads a plan file.
 *
 * @returns nothing when there is no such file
 * @throws what {@link parsePlan} throws, and `PACELINE_PLAN_FOREIGN` when the file cannot be opened
 */
export async function readPlan(file: string): Promise<StoredPlan | undefined> {
  const text = await textOf(file)
  return text === undefined ? undefined : parsePlan(text, file)
}

/**
 * Reads a plan file that is about to be made anew: what no build could follow is then no obstacle.
 *
 * @returns the plan, or what is wrong with it; nothing when there is no such file
 * @throws `PACELINE_PLAN_FOREIGN` when the file is evidently something else
 */
export async function readOldPlan(file: string): Promise<StoredPlan | PacelineError | undefined> {
  try {
    return await readPlan(file)
  } catch (error) {
    if (error instanceof PacelineError && error.code !== 'PACELINE_PLAN_FOREIGN') return error
    throw error
  }
}

/**
 * Writes a plan file, unless it says the same already.
 *
 * @returns whether it was written
 */
export async function writePlan(file: string, plan: StoredPlan): Promise<boolean> {
  const text = formatPlan(plan)
  // Git may have checked it out with the line ends of Windows.
  if ((await textOf(file))?.replaceAll('\r\n', '\n') === text) return false
  await writeAtomic(file, text)
  return true
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw chunksError('PACELINE_PLAN_FOREIGN', [file, message], { cause })
  }
}
