import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport, writeReport } from '@paceline/build-graph'
import type { BuildReport } from '@paceline/build-graph'
import { openGit } from '@paceline/kit'

/** Reports kept per app; the least recently written ones go. */
const KEPT = 30

/** Where the reports of earlier commits are: beside other caches, so that CI keeps them together. */
export function storeDir(root: string): string {
  return join(root, 'node_modules/.cache/paceline/reports')
}

/** The stored report of a commit; nothing when there is none, or when another version of Paceline wrote it. */
export async function storedReport(root: string, commit: string): Promise<BuildReport | undefined> {
  return readReport(join(storeDir(root), `${commit}.json`)).catch(() => undefined)
}

export async function storeReport(root: string, commit: string, report: BuildReport): Promise<void> {
  const dir = storeDir(root)
  await mkdir(dir, { recursive: true })
  await writeReport(join(dir, `${commit}.json`), report)
  await prune(dir)
}

/**
 * Stores the report of a build that just ended under the commit it was built from. Only a clean working tree is a
 * commit's build; without git, or with changes, nothing is stored.
 *
 * @returns the commit, when the report was stored
 */
export async function storeCleanBuild(root: string, report: BuildReport): Promise<string | undefined> {
  try {
    const git = await openGit(root)
    const [clean, commit] = await Promise.all([git.isClean(), git.commitOf('HEAD')])
    if (!clean) return undefined
    await storeReport(root, commit, report)
    return commit
  } catch {
    // A store is a convenience: a build must not fail because git is missing or a disk is full.
    return undefined
  }
}

async function prune(dir: string): Promise<void> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json'))
  if (names.length <= KEPT) return
  const aged = await Promise.all(names.map(async (name) => ({ name, time: (await stat(join(dir, name))).mtimeMs })))
  const old = aged.sort((a, b) => b.time - a.time).slice(KEPT)
  await Promise.all(old.map(({ name }) => rm(join(dir, name), { force: true })))
}
