import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib/root.mjs'
import { runScript, runTool } from '../lib/run.ts'
import { checkDocsCode } from './docs-code/check-docs-code.ts'
import { forbiddenLicences } from './licences.ts'
import { missingFromLockfile } from './lockfile.ts'
import type { LockedPackages } from './lockfile.ts'
import { checkPack } from './pack-contents.ts'
import { checkPublicApi } from './public-api.ts'
import { publishedPackages } from './published-packages.ts'
import { allOf, byExitCode } from './step.ts'
import type { Step, Verdict } from './step.ts'

const PLAYGROUND = '@paceline/playground'
const quiet = { quiet: true } as const
/** What is measured is this release: files of earlier ones are left out. */
const WITHOUT_RELEASES = { LUMEN_RELEASES: '0' }

/** What `npm run check` looks at, in this order: the builds make what later ones read. */
export function checkSteps({ update }: { readonly update: boolean }): Step[] {
  return [
    { name: 'lockfile', run: async () => checkLockfile() },
    { name: 'packages build', run: () => tool('tsdown', '--logLevel', 'warn') },
    {
      name: 'playground builds',
      run: () => byExitCode(runScript(PLAYGROUND, 'build', { ...quiet, env: WITHOUT_RELEASES })),
    },
    {
      // Builds follow it whatever it costs by now; a new plan says what it could be.
      name: 'plan of the playground is up to date',
      run: () => tool('paceline', 'chunks', 'plan', '--check', '--root', 'playground'),
    },
    { name: 'types', run: () => tool('tsc', '-b') },
    { name: 'types of the playground', run: () => byExitCode(runScript(PLAYGROUND, 'typecheck', quiet)) },
    { name: 'lint', run: () => tool('oxlint') },
    { name: 'format', run: () => tool('oxfmt', '--check') },
    { name: 'packaging (publint)', run: () => eachPackage((folder) => tool('publint', 'run', folder, '--strict')) },
    {
      name: 'types as others see them (attw)',
      run: () => eachPackage((folder) => tool('attw', '--pack', folder, '--profile', 'esm-only', '--no-emoji')),
    },
    { name: 'contents of the packages (npm pack)', run: () => eachPackage(checkPack) },
    { name: 'licences', run: async () => checkLicences() },
    { name: 'code in the docs', run: checkDocsCode },
    { name: 'docs build, and all their links', run: () => byExitCode(runScript('@paceline/docs', 'build', quiet)) },
    { name: 'public API', run: async () => checkPublicApi({ update }) },
    { name: 'nothing unused (knip)', run: () => tool('knip', '--no-progress') },
    {
      name: 'size of the packages',
      run: () => tool('size-limit', '--config', 'scripts/checks/packages.size-limit.json'),
    },
    { name: 'size of the playground', run: () => tool('size-limit') },
  ]
}

function checkLockfile(): Verdict {
  return byFaults(missingFromLockfile(readLockfile()))
}

function checkLicences(): Verdict {
  const folders = publishedPackages().map(({ folder }) => folder)
  return byFaults(forbiddenLicences(readLockfile().packages, folders))
}

function readLockfile(): { readonly packages: LockedPackages } {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
}

function byFaults(faults: readonly string[]): Verdict {
  return { passed: faults.length === 0, output: faults.map((line) => `${line}\n`).join('') }
}

function tool(name: string, ...args: string[]): Promise<Verdict> {
  return byExitCode(runTool(name, args, quiet))
}

/** One after the other: each packs the package into its own folder for a moment. */
async function eachPackage(check: (folder: string) => Promise<Verdict>): Promise<Verdict> {
  const verdicts: Verdict[] = []
  for (const { folder } of publishedPackages()) verdicts.push(await check(folder))
  return allOf(verdicts)
}
