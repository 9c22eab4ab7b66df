import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { runBuild } from '../lib/run-build.ts'
import type { StackTask } from './config.ts'
import { taskOf } from './measure-builds.ts'
import type { StackPlace, VariantName } from './variants.ts'

/** One deploy of a variant. */
export interface Release {
  readonly variant: VariantName
  /** Output directory. */
  readonly dist: string
  /** Where Paceline's reports are, and its manifest. */
  readonly reports: string
  /** What the peers' tools wrote for this build. */
  readonly toolReports: string
}

/** Two deploys, one line of one component apart, with the figures of the tools for the first. */
export interface Releases {
  readonly first: Release
  readonly second: Release
}

/** Builds both, one after the other in the same folder, as deploys are made, and keeps a copy of each. */
export async function buildReleases(place: StackPlace, variant: VariantName): Promise<Releases> {
  const task = { ...taskOf(place, variant, 'releases'), figures: true }
  const make = async (name: string, edited: boolean): Promise<Release> => {
    place.tell(`${variant}: ${name} release`)
    const build: StackTask = { ...task, edited }
    await runBuild(build, place.app.env)
    const copy = join(place.folder, 'releases', variant, name)
    const release = {
      variant,
      dist: join(copy, 'dist'),
      reports: join(copy, 'reports'),
      toolReports: join(copy, 'tools'),
    }
    cpSync(task.outDir, release.dist, { recursive: true })
    cpSync(task.reportDir, release.toolReports, { recursive: true })
    if (variant === 'paceline') cpSync(join(task.keptDir, 'reports'), release.reports, { recursive: true })
    return release
  }
  return { first: await make('first', false), second: await make('second', true) }
}
