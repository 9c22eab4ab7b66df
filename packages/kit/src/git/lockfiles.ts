/** Names of the lockfiles of npm, pnpm, Yarn and Bun. Beside several of them the first counts. */
export const LOCKFILES = [
  'pnpm-lock.yaml',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'bun.lock',
] as const

export type Lockfile = (typeof LOCKFILES)[number]
