import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runBuild } from '../lib/run-build.ts'
import type { BuildTask } from '../lib/run-build.ts'
import { errorsOf } from './errors-of.ts'
import type { ToolErrors } from './errors-of.ts'
import { readers } from './read-figures.ts'
import { moduleSavings, servedSizes } from './truth.ts'
import { TRUTH } from './variants.ts'

/** Builds once per tool, with its report as data, and compares every figure with the true one. */
export async function measureAccuracy(taskOf: (variant: string) => BuildTask): Promise<Record<string, ToolErrors>> {
  const truthTask = { ...taskOf(TRUTH), figures: true }
  await runBuild(truthTask)
  const modules = await moduleSavings(truthTask.outDir)
  const errors: Record<string, ToolErrors> = {}
  for (const [name, read] of Object.entries(readers)) {
    const task = { ...taskOf(name), figures: true }
    await runBuild(task)
    const figures = read(readFileSync(join(task.reportDir, 'report.json'), 'utf8'), task)
    errors[name] = errorsOf(figures, { files: await servedSizes(task.outDir), modules })
  }
  return errors
}
