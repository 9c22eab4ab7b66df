import { execFile, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { nearest } from '../options.ts'
import { gitError } from './git-errors.ts'

const run = promisify(execFile)

/** A commit as people name it. */
export interface Commit {
  readonly hash: string
  readonly subject: string
}

/** The questions asked of a repository. All paths use `/`. */
export interface Git {
  /** Root of the repository, absolute. */
  readonly top: string
  /** The Vite root from there, with a `/` at the end; empty when they are the same. */
  readonly prefix: string
  /** @throws `PACELINE_GIT_REF_UNKNOWN` */
  commitOf(ref: string): Promise<string>
  /**
   * Where two lines of history parted.
   *
   * @param other @default HEAD
   * @throws `PACELINE_GIT_NO_MERGE_BASE`, `PACELINE_GIT_SHALLOW`
   */
  mergeBase(ref: string, other?: string): Promise<string>
  /** Whether the sources are those of HEAD: nothing changed and nothing new, but for what git ignores. */
  isClean(): Promise<boolean>
  /** Files of a commit whose names end in one of the given, from the root. */
  listFiles(commit: string, names: readonly string[]): Promise<string[]>
  /** Whether files are the same in a commit and in the working tree. */
  isSame(commit: string, files: readonly string[]): Promise<boolean>
  addWorktree(dir: string, commit: string): Promise<void>
  /**
   * Commits of a range such as `HEAD~12..HEAD`, oldest first: of a merge only the commit itself.
   *
   * @throws `PACELINE_GIT_REF_UNKNOWN`
   */
  commitsOf(range: string): Promise<Commit[]>
  /** Files that differ between two commits, from the root. */
  changedFiles(from: string, to: string): Promise<string[]>
  /** Takes a worktree to another commit. What was changed or added there is lost, but for what git ignores and packages. */
  moveWorktree(dir: string, commit: string): Promise<void>
  /** Whether the history ends where a clone was cut off. */
  isShallow(): Promise<boolean>
  /**
   * What the last commits on HEAD's first-parent line changed in a file, newest first, line by line: `commit <hash>`, then its lines with `+` or
   * `-` in front. Of a merge, all that it brought. Ends early, without an error, where git does.
   *
   * @param file from the root
   * @param commits at most
   */
  changesOf(file: string, commits: number): AsyncIterable<string>
  /**
   * Whether git keeps a path out by a `.gitignore` that everybody has. What only this machine leaves out (`core.excludesFile`,
   * `.git/info/exclude`) does not count.
   *
   * @param path absolute, below the root; it does not have to be there
   */
  isIgnored(path: string): Promise<boolean>
  /** Text of a file of a commit, from the root; nothing when it has no such file. */
  readFile(commit: string, file: string): Promise<string | undefined>
}

/**
 * Opens the repository that a directory belongs to.
 *
 * @throws `PACELINE_GIT_UNAVAILABLE`
 */
export async function openGit(root: string): Promise<Git> {
  // Hooks export GIT_DIR and the like for the repository they run in; the question is about this one.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX)$/.test(name)),
  )
  const git = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('git', ['-C', root, ...args], { maxBuffer: 64 * 1024 ** 2, env })
    return stdout.trim()
  }
  const [top = '', prefix = ''] = (
    await git('rev-parse', '--show-toplevel', '--show-prefix').catch((cause: unknown) => {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
      const received = missing
        ? 'there is no `git` command'
        : firstLine((cause as { stderr?: string }).stderr ?? String(cause))
      throw gitError('PACELINE_GIT_UNAVAILABLE', [root, received], { cause })
    })
  ).split('\n')

  const isShallow = async (): Promise<boolean> => (await git('rev-parse', '--is-shallow-repository')) === 'true'

  return {
    top,
    isShallow,
    prefix,
    async commitOf(ref) {
      return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`).catch(
        async (cause: unknown) => {
          throw gitError('PACELINE_GIT_REF_UNKNOWN', [ref, await nearRefs(git, ref)], { cause })
        },
      )
    },
    async mergeBase(ref, other = 'HEAD') {
      return git('merge-base', ref, other).catch(async (cause: unknown) => {
        const code = (await isShallow()) ? 'PACELINE_GIT_SHALLOW' : 'PACELINE_GIT_NO_MERGE_BASE'
        throw gitError(code, [ref, other], { cause })
      })
    },
    isClean: async () => (await git('status', '--porcelain')) === '',
    async listFiles(commit, names) {
      const files = (await git('ls-tree', '-r', '-z', '--full-tree', '--name-only', commit)).split('\0')
      return files.filter((file) => names.some((name) => file === name || file.endsWith(`/${name}`)))
    },
    async isSame(commit, files) {
      if (files.length === 0) return true
      const paths = files.map((file) => `:(top,literal)${file}`)
      return git('diff', '--quiet', commit, '--', ...paths).then(
        () => true,
        () => false,
      )
    },
    async addWorktree(dir, commit) {
      await git('worktree', 'add', '--detach', '--quiet', dir, commit)
    },
    async commitsOf(range) {
      const listed = await git(
        'log',
        '--first-parent',
        '--reverse',
        '--format=%H %s',
        '--end-of-options',
        range,
        '--',
      ).catch(async (cause: unknown) => {
        const unknown = await unknownEnd(git, range)
        throw gitError('PACELINE_GIT_REF_UNKNOWN', [unknown, await nearRefs(git, unknown)], { cause })
      })
      const lines = listed.split('\n').filter(Boolean)
      return lines.map((line) => ({ hash: line.slice(0, 40), subject: line.slice(41) }))
    },
    async changedFiles(from, to) {
      const listed = await git('diff', '--name-only', '--no-renames', '-z', from, to, '--')
      return listed.split('\0').filter(Boolean)
    },
    async moveWorktree(dir, commit) {
      await git('-C', dir, 'checkout', '--detach', '--force', '--quiet', commit)
      await git('-C', dir, 'clean', '-fdq', '--exclude=node_modules')
    },
    changesOf(file, commits) {
      const log = [
        'log',
        '--first-parent',
        '--diff-merges=first-parent',
        '--format=commit %H',
        `--max-count=${commits}`,
      ]
      const plain = ['--patch', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--no-renames']
      const args = ['-C', root, ...log, ...plain, 'HEAD', '--', `:(top,literal)${file}`]
      const { stdout } = spawn('git', args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
      return createInterface({ input: stdout, crlfDelay: Infinity })
    },
    async isIgnored(path) {
      const found = await git('-c', 'core.excludesFile=', 'check-ignore', '--verbose', '--', path).catch(
        (error: unknown) => {
          const { code, stderr } = error as { code?: unknown; stderr?: string }
          if (code === 1) return ''
          // Git stores a link, and never what is behind it.
          if (stderr?.includes('beyond a symbolic link')) return '.gitignore:0:\t'
          throw error
        },
      )
      // `<file>:<line>:<pattern>` and the path behind a tab; the last pattern that fits may be one that takes it back in.
      const [, file = '', pattern = ''] = /^(.*?):\d+:(.*)\t/.exec(found) ?? []
      return /(?:^|\/)\.gitignore$/.test(file) && !pattern.startsWith('!')
    },
    readFile: async (commit, file) => git('show', `${commit}:${file}`).catch(() => undefined),
  }
}

/** The end of a range that git does not know; the whole range when that is not it. */
async function unknownEnd(git: (...args: readonly string[]) => Promise<string>, range: string): Promise<string> {
  for (const end of range.split(/\.{2,3}/).filter(Boolean)) {
    const known = await git('rev-parse', '--verify', '--quiet', '--end-of-options', `${end}^{commit}`).catch(() => '')
    if (known === '') return end
  }
  return range
}

/** Branches and tags that could be meant; remote ones too, since CI often has only `origin/main`. */
async function nearRefs(git: (...args: readonly string[]) => Promise<string>, ref: string): Promise<string> {
  const listed = await git(
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ).catch(() => '')
  const known = listed.split('\n').filter(Boolean)
  const remote = known.find((name) => name.endsWith(`/${ref}`))
  const near = remote ?? nearest(ref, known)
  if (near !== undefined) return `Did you mean \`${near}\`?`
  return known.length > 0 ? `Known refs: ${known.slice(0, 8).join(', ')}.` : 'The repository has no branches yet.'
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}
