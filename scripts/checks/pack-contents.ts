import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from '../lib/npm.mjs'
import { root } from '../lib/root.mjs'
import { run } from '../lib/run.ts'
import type { Verdict } from './step.ts'

const REQUIRED = ['LICENSE', 'README.md', 'package.json']
/** What has no business in what users install. */
const STRAY = /(?:^|\/)(?:\.|tsconfig|src\/)|\.(?:test|spec)\.|\.tsbuildinfo$|\.log$|(?:^|\/)testing\//

/** What is wrong with the files of one package as `npm pack` would send them, a sentence each. */
export function faultsOfPack(paths: readonly string[], textOf: (path: string) => string, here: string): string[] {
  return [
    ...REQUIRED.filter((name) => !paths.includes(name)).map((name) => `${name} is missing.`),
    ...paths.filter((path) => STRAY.test(path)).map((path) => `${path} is nothing that users need.`),
    ...paths.filter((path) => textOf(path).includes(here)).map((path) => `${path} names a folder of this machine.`),
  ]
}

/** Asks npm what it would send of a package, and looks at it. */
export async function checkPack(folder: string): Promise<Verdict> {
  const { command, prefix, shell } = npmCommand()
  const args = [...prefix, 'pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error']
  const { code, stdout } = await run(command, args, { cwd: join(root, folder), quiet: true, shell })
  // Warnings of npm's own configuration come first.
  const start = stdout.indexOf('[')
  if (code !== 0 || start === -1) return { passed: false, output: `${folder}: ${stdout}` }
  const [pack] = JSON.parse(stdout.slice(start, stdout.lastIndexOf(']') + 1)) as [{ files: { path: string }[] }]
  const paths = pack.files.map(({ path }) => path)
  const faults = faultsOfPack(paths, (path) => readFileSync(join(root, folder, path), 'latin1'), root)
  return { passed: faults.length === 0, output: faults.map((fault) => `${folder}: ${fault}\n`).join('') }
}
