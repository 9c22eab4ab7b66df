import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const TOOLS = ['rollup-plugin-visualizer', 'sonda', 'vite-bundle-analyzer']

/** Versions of everything that the figures are about. */
export function measuredVersions(app: string): Record<string, string> {
  const bench = createRequire(import.meta.url)
  const ofApp = createRequire(join(app, 'package.json'))
  const vite = versionOf(ofApp, 'vite')
  const rolldown = versionOf(createRequire(vite.file), 'rolldown')
  const versions: Record<string, string> = { vite: vite.version, rolldown: rolldown.version }
  for (const name of TOOLS) versions[name] = versionOf(bench, name).version
  versions['paceline'] = versionOf(bench, 'paceline').version
  return versions
}

/** Looks for package.json from the entry upwards, since `exports` may hide it. */
function versionOf(from: NodeJS.Require, name: string): { version: string; file: string } {
  for (let folder = dirname(from.resolve(name)); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = readManifest(join(folder, 'package.json'))
    if (manifest?.name === name && manifest.version !== undefined) {
      return { version: manifest.version, file: join(folder, 'package.json') }
    }
  }
  throw new Error(`\`${name}\` has no package.json. Run \`npm run bench\`, which installs it.`)
}

function readManifest(file: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
