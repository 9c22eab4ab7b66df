import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'

/** Runs git in a repository of a test, under a name of its own. Gives what it prints. */
export function git(root: string, ...args: readonly string[]): string {
  const who = { GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b.c', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b.c' }
  return execFileSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...who },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
}

/** Puts a folder under version control, everything on `main`. Gives the commit. */
export async function commitAll(root: string, message = 'one'): Promise<string> {
  await mkdir(root, { recursive: true })
  git(root, 'init', '--quiet', '--initial-branch=main')
  git(root, 'add', '-A')
  git(root, 'commit', '--quiet', '--allow-empty', '-m', message)
  return git(root, 'rev-parse', 'HEAD')
}
