import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

const TOOLS = ['paceline', 'rollup-plugin-visualizer', 'sonda', 'vite-bundle-analyzer']

/** Versions of everything that the figures are about: the app's Vite, the tools that are installed here. */
export function measuredVersions(app: string, bench: string): Record<string, string> {
  const vite = findPackage(app, 'vite')
  return {
    vite: versionOf(vite),
    rolldown: versionOf(findPackage(realpathSync(vite), 'rolldown')),
    ...versionsOf(bench, TOOLS),
  }
}

/** Versions of packages, as a folder has them. */
export function versionsOf(folder: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, versionOf(findPackage(folder, name))]))
}

/** Looks where Node would, but for the folder: `exports` may hide a package.json from `require`. */
function findPackage(from: string, name: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return candidate
    if (folder === dirname(folder)) throw new Error(`\`${name}\` is not installed. Run \`npm run bench\`, which does.`)
  }
}

function versionOf(folder: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return version
}
