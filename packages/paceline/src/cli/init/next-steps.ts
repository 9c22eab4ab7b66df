import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LOCKFILES, type Lockfile } from '@paceline/kit'
import type { App } from './app/read-app.ts'
import type { Proposal } from './propose.ts'

const MANAGERS: Readonly<Record<Lockfile, string>> = {
  'pnpm-lock.yaml': 'pnpm',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
}

/** What was written, and what is to be done with it. */
export function nextSteps(app: App, { changes }: Proposal): string {
  const manager = managerOf(app.directory)
  const written = changes.filter(({ after }) => after !== undefined).map(({ file }) => file)
  const removed = changes.filter(({ after }) => after === undefined).map(({ file }) => file)
  const isFresh = changes.some(({ file }) => file === 'package.json')
  return [
    `Wrote ${written.join(', ')}.${removed.length > 0 ? ` Removed ${removed.join(', ')}.` : ''}`,
    `Next: ${isFresh ? `\`${manager} install\`, then ` : ''}\`${manager} run build\`. \`git diff\` shows what was written.\n`,
  ].join('\n')
}

function managerOf(from: string): string {
  for (let directory = from; ; directory = dirname(directory)) {
    const lockfile = LOCKFILES.find((name) => existsSync(join(directory, name)))
    if (lockfile) return MANAGERS[lockfile]
    if (dirname(directory) === directory) return 'npm'
  }
}
