import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { installModules, packageFiles, type Commit, type Git } from '@paceline/kit'

/** Keeps the packages of a worktree those of its commit. */
export interface ModulesKeeper {
  /** Makes them those of a commit that the worktree is at; quick while the lockfile stays the same. */
  prepare(commit: Commit): Promise<void>
}

/**
 * @param tree root of the worktree
 * @param install a shell command instead of the package manager of the lockfile
 */
export function keepModules(
  git: Git,
  tree: string,
  log: (line: string) => void,
  install: string | undefined,
): ModulesKeeper {
  let current: { readonly commit: string; readonly linked: boolean } | undefined
  return {
    async prepare({ hash }) {
      const { lockfile, manifests } = await packageFiles(git, hash)
      const decisive = lockfile === undefined ? manifests : [lockfile]
      if (current && !(await isChanged(current.commit, hash, decisive))) return
      const linked = await git.isSame(hash, decisive)
      // Links lead to the packages of the working tree: nothing may be installed through them.
      if (current && (current.linked || linked)) await removeModules(tree, manifests)
      await installModules(git, hash, tree, log, install)
      current = { commit: hash, linked }
    },
  }

  async function isChanged(from: string, to: string, files: readonly string[]): Promise<boolean> {
    const changed = new Set(await git.changedFiles(from, to))
    return files.some((file) => changed.has(file))
  }
}

async function removeModules(tree: string, manifests: readonly string[]): Promise<void> {
  const directories = new Set(manifests.map((file) => join(tree, dirname(file), 'node_modules')))
  await Promise.all([...directories].map((directory) => rm(directory, { recursive: true, force: true })))
}
