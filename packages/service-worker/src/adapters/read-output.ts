import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listFiles, inNestedOutput } from '@paceline/kit'
import { snapshot } from '@paceline/build-graph'
import type { Environment, ResolvedConfig } from 'vite'
import type { StoredFile } from '../core/manifest-entries.ts'

interface Output {
  /** Absolute. */
  readonly outDir: string
  readonly config: ResolvedConfig
  readonly environment: Environment
  /** Files that the bundler has emitted. */
  readonly emitted: ReadonlySet<string>
  /** What was there when the output was begun. */
  readonly before: ReadonlyMap<string, string>
}

/**
 * The files of this build, relative to its output directory: emitted ones, public ones and what other plugins have written. What an earlier build
 * has left (`emptyOutDir: false`) is none of them.
 */
export async function outputFiles({ outDir, config, environment, emitted, before }: Output): Promise<string[]> {
  const now = await snapshot(outDir)
  const isForeign = inNestedOutput(config, environment.name)
  const publicDir = environment.config.build.copyPublicDir ? config.publicDir : ''
  return (await listFiles(outDir)).filter(
    (file) =>
      !isForeign(join(outDir, file)) &&
      (emitted.has(file) ||
        before.get(file) !== now.get(file) ||
        (publicDir !== '' && existsSync(join(publicDir, file)))),
  )
}

/** Reads files, some at a time: an output may have more than a process may open. */
export async function readFiles(dir: string, files: readonly string[]): Promise<StoredFile[]> {
  const read: StoredFile[] = []
  const queue = files.values()
  const work = async (): Promise<void> => {
    for (const file of queue) read.push({ file, content: await readFile(join(dir, file)) })
  }
  await Promise.all(Array.from({ length: 16 }, work))
  return read
}
