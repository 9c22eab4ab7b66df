import { join } from 'node:path'
import type { InlineConfig } from 'vite'
import type { BuildTask } from '../lib/run-build.ts'

/** One build of a made-up app. */
export interface ScalingTask extends BuildTask {
  readonly variant: 'bare' | 'paceline'
  /** What a build leaves for the next one. */
  readonly keptDir: string
  /** Releases that are kept. */
  readonly releases: number
}

/** Vite's defaults, with `paceline()` or without. */
export async function config(task: ScalingTask): Promise<InlineConfig> {
  return {
    root: task.app,
    configFile: false,
    logLevel: 'error',
    plugins: task.variant === 'bare' ? [] : [await withPaceline(task)],
    build: { outDir: task.outDir, emptyOutDir: true },
  }
}

async function withPaceline({ keptDir, releases }: ScalingTask) {
  const { paceline } = await import('paceline')
  return paceline({
    // An overrun must not end the build that is measured.
    budgets: { severity: 'warn' },
    delivery: { releases },
    cache: { dir: join(keptDir, 'cache') },
    buildGraph: { dir: join(keptDir, 'reports') },
  })
}
