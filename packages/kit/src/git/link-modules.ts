import { existsSync } from 'node:fs'
import { mkdir, readdir, realpath, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { comparablePath, isInside } from '../paths.ts'

/**
 * Gives a worktree the installed packages of the repository it belongs to. Each `node_modules` becomes a directory of
 * links: to the same package, or, where that is a workspace of the repository, to the worktree's own copy of it.
 *
 * @param top root of the repository, absolute and real
 * @param tree root of the worktree, absolute and real
 * @param manifests every `package.json` of the commit, from the root
 */
export async function linkModules(top: string, tree: string, manifests: readonly string[]): Promise<void> {
  for (const dir of new Set(manifests.map((file) => dirname(file)))) {
    const from = join(top, dir, 'node_modules')
    if (existsSync(from)) await linkEntries(from, join(tree, dir, 'node_modules'), top, tree)
  }
}

async function linkEntries(from: string, to: string, top: string, tree: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) {
    // Caches are the one thing that two builds at once must not share.
    if (name === '.cache' || name.startsWith('.vite')) continue
    if (name.startsWith('@')) await linkEntries(join(from, name), join(to, name), top, tree)
    else await symlink(await targetOf(join(from, name), top, tree), join(to, name), 'junction')
  }
}

async function targetOf(entry: string, top: string, tree: string): Promise<string> {
  const real = await realpath(entry).catch(() => entry)
  const inside = workspacePath(top, real)
  return inside === undefined ? entry : join(tree, inside)
}

/** Where a workspace lies in its repository; nothing for packages that were installed, on another drive for instance. */
export function workspacePath(top: string, real: string, way: typeof relative = relative): string | undefined {
  if (comparablePath(real) !== comparablePath(top) && !isInside(real, top)) return undefined
  const inside = way(top, real)
  return inside.split(/[\\/]/).includes('node_modules') ? undefined : inside
}
