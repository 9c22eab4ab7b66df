import { execFileSync } from 'node:child_process'
import { mkdtemp, realpath } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Git } from './git.ts'
import { interruptible } from './interruptible.ts'

/**
 * Checks a commit out in a temporary directory, lets `work` use it, and removes it again: when the work is done, when
 * it fails, and when the process is told to stop.
 *
 * The directory is not below the repository: Vite takes whatever has `node_modules` in its path for a dependency.
 */
export async function withWorktree<Result>(
  git: Git,
  commit: string,
  work: (dir: string) => Promise<Result>,
): Promise<Result> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'paceline-')))
  const dir = join(base, 'tree')
  return interruptible(
    () => removeWorktree(git.top, base, dir),
    async () => {
      await git.addWorktree(dir, commit)
      return work(dir)
    },
  )
}

function removeWorktree(top: string, base: string, dir: string): void {
  try {
    execFileSync('git', ['-C', top, 'worktree', 'remove', '--force', dir], { stdio: 'ignore' })
  } catch {
    // It was never added, or git is gone: removing the files and forgetting them comes to the same.
  }
  rmSync(base, { recursive: true, force: true })
  try {
    execFileSync('git', ['-C', top, 'worktree', 'prune'], { stdio: 'ignore' })
  } catch {
    // `git gc` prunes too.
  }
}
