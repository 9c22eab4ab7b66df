import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { errorCodes, openGit } from '@paceline/kit'
import type { OwnDirectories } from '../app/gather-facts.ts'
import { shownFrom } from '../app/read-app.ts'
import type { FileChange } from '../propose.ts'

const FILE = '.gitignore'

/**
 * Keeps reports and the cache of an app out of version control, but for a baseline, which is there to be committed.
 *
 * @returns nothing when they are, or when the app is in no repository and has no `.gitignore`
 */
export async function editGitignore(directory: string, own: OwnDirectories): Promise<FileChange[]> {
  const path = join(directory, FILE)
  const before = existsSync(path) ? await readFile(path, 'utf8') : undefined
  const isKnown = (await ignoredByGit(directory)) ?? (before === undefined ? undefined : ignoredByText(before))
  if (isKnown === undefined) return []
  // Git may name a file of this machine alone as its reason, though these lines are there.
  const written = new Set(before?.split(/\r?\n/))
  const patterns: string[] = []
  for (const [dir, patternsOf] of [
    [own.reports, reportPatterns],
    [own.cache, cachePatterns],
  ] as const) {
    const inside = shownFrom(directory, dir)
    // A directory elsewhere, on another drive for instance, is none of this file's.
    if (inside === '' || /^\.\.(?:\/|$)/.test(inside) || isAbsolute(inside)) continue
    const wanted = patternsOf(escapePattern(inside))
    if (!wanted.every((line) => written.has(line)) && !(await isKnown(inside))) patterns.push(...wanted)
  }
  return patterns.length === 0 ? [] : [{ file: FILE, before, after: addLines(before ?? '', patterns) }]
}

/** Git takes no file back in whose directory is left out: so what is in it is, one by one. */
function reportPatterns(dir: string): string[] {
  return [`/${dir}/*`, `!/${dir}/baseline.json`]
}

function cachePatterns(dir: string): string[] {
  return [`/${dir}/`]
}

type IsIgnored = (dir: string) => boolean | Promise<boolean>

/** Asks git, which knows of the files above, too; nothing where there is no repository. */
async function ignoredByGit(directory: string): Promise<IsIgnored | undefined> {
  try {
    const git = await openGit(directory)
    return async (dir) => git.isIgnored(join(directory, dir, 'report.json'))
  } catch (error) {
    if (!errorCodes(error).includes('PACELINE_GIT_UNAVAILABLE')) throw error
    return undefined
  }
}

/** Looks for the directory, or one above it, by name: all that is certain without git. */
export function ignoredByText(text: string): (dir: string) => boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const listed = new Set(lines.map((line) => line.replace(/^(?:\*\*\/|\/)/, '').replace(/\/\*{0,2}$/, '')))
  return (dir) => {
    const parts = dir.split('/')
    return parts.some((name, index) => listed.has(name) || listed.has(parts.slice(0, index + 1).join('/')))
  }
}

/** Adds lines to a file as its other lines end. */
export function addLines(text: string, lines: readonly string[]): string {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : end
  return `${text}${gap}${lines.map((line) => line + end).join('')}`
}

function escapePattern(path: string): string {
  return path.replaceAll(/[\\*?[\]]/g, String.raw`\$&`)
}
