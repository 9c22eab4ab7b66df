import { dirname } from 'node:path'
import { packageFiles, type Commit, type Git } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'

/** The commits to build: what visitors have before the first deploy, and the deploys. */
export interface ReplayedCommits {
  readonly base: Commit
  /** Oldest first. */
  readonly deploys: readonly Commit[]
}

/**
 * The commits of a range that touch what the app is built from: its directory, the workspaces it depends on, and the
 * lockfile. Of merges only the result counts.
 *
 * @param limit the newest so many
 * @throws `PACELINE_REPLAY_EMPTY`, `PACELINE_GIT_*`
 */
export async function chooseCommits(git: Git, range: string, limit: number): Promise<ReplayedCommits> {
  const commits = await git.commitsOf(range)
  const newest = commits.at(-1)
  if (!newest) throw cliError('PACELINE_REPLAY_EMPTY', [range, 'it has no commits'])
  const [before] = await git.commitsOf(`${commits[0]!.hash}^@`).then(
    (parents) => parents.slice(-1),
    () => [],
  )
  const sources = await sourcesOf(git, newest.hash)
  const touching: Commit[] = []
  for (const commit of commits) {
    const files = await git.changedFiles(`${commit.hash}^`, commit.hash).catch(() => undefined)
    // The first commit of all has no parent: everything is new.
    if (!files || files.some((file) => isSource(file, sources))) touching.push(commit)
  }
  const deploys = touching.slice(-limit)
  if (deploys.length === 0) throw cliError('PACELINE_REPLAY_EMPTY', [range, 'no commit of it touches the app'])
  const position = commits.indexOf(deploys[0]!)
  const base = position === 0 ? before : commits[position - 1]
  return base ? { base, deploys } : { base: deploys[0]!, deploys: deploys.slice(1) }
}

interface Sources {
  readonly directories: readonly string[]
  readonly files: ReadonlySet<string>
}

async function sourcesOf(git: Git, commit: string): Promise<Sources> {
  const { lockfile, manifests } = await packageFiles(git, commit)
  const own = git.prefix === '' ? undefined : await manifestOf(git, commit, `${git.prefix}package.json`)
  const wanted = new Set(Object.keys({ ...own?.dependencies, ...own?.devDependencies }))
  const named = await Promise.all(
    manifests.map(async (file) => ({ file, name: (await manifestOf(git, commit, file))?.name })),
  )
  const linked = named.flatMap(({ file, name }) =>
    name !== undefined && wanted.has(name) ? [`${dirname(file)}/`] : [],
  )
  return { directories: [git.prefix, ...linked], files: new Set(lockfile === undefined ? [] : [lockfile]) }
}

interface Manifest {
  readonly name?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

async function manifestOf(git: Git, commit: string, file: string): Promise<Manifest | undefined> {
  const text = await git.readFile(commit, file)
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Manifest)
  } catch {
    return undefined
  }
}

function isSource(file: string, { directories, files }: Sources): boolean {
  return files.has(file) || directories.some((directory) => file.startsWith(directory))
}
