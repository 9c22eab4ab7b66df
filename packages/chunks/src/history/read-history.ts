import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { LOCKFILES, openGit, PacelineError } from '@paceline/kit'
import { lockChanges } from './lock-changes.ts'

/** Commits of the lockfile that are looked at. */
const COMMITS = 200

/**
 * Packages that every one of the last commits of an app's lockfile has other versions of, newest first; nothing where there is no history to
 * read: outside of git, in a shallow clone, without a lockfile.
 *
 * @param root the Vite root
 */
export async function readHistory(root: string): Promise<readonly ReadonlySet<string>[] | undefined> {
  const git = await openGit(root).catch((error: unknown) => {
    if (error instanceof PacelineError) return undefined
    throw error
  })
  if (git === undefined || (await git.isShallow())) return undefined
  const top = join(git.top)
  for (let dir = join(top, git.prefix); ; dir = dirname(dir)) {
    const name = LOCKFILES.find((lockfile) => existsSync(join(dir, lockfile)))
    if (name !== undefined) {
      const commits = await lockChanges(
        git.changesOf(relative(top, join(dir, name)).replaceAll('\\', '/'), COMMITS),
        name,
      )
      return commits.length > 0 ? commits : undefined
    }
    if (relative(top, dir) === '') return undefined
  }
}
