import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFiles, type FixtureFiles } from '@paceline/testkit'

/** Runs something on an app in a folder of its own, which goes away afterwards. */
export async function withApp<Result>(files: FixtureFiles, use: (root: string) => Promise<Result>): Promise<Result> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'paceline-e2e-')))
  try {
    await writeFiles(root, files)
    return await use(root)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
