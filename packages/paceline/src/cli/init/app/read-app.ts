import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { readManifest } from '@paceline/kit'
import { initError } from '../init-errors.ts'

/** Only these are modules: Paceline is one, and `require()` of Vite is gone. */
const CONFIGS = ['ts', 'mts', 'js', 'mjs'].map((extension) => `vite.config.${extension}`)
/** Frameworks that have their Vite config elsewhere. */
const OTHER_CONFIGS = /^(?:nuxt|astro)\.config\.(?:ts|mjs|js)$/

export interface TextFile {
  /** Absolute. */
  readonly path: string
  /** As shown to people, from the directory of package.json. */
  readonly file: string
  readonly text: string
}

/** The files that a move begins with. */
export interface App {
  /** Directory of package.json, absolute. Paths are shown from here. */
  readonly directory: string
  readonly config: TextFile
  readonly packageJson: TextFile
}

/**
 * Finds the Vite config and the package.json of an app.
 *
 * @param named the config that was asked for, absolute
 * @throws `PACELINE_INIT_NO_CONFIG`, `PACELINE_INIT_NO_PACKAGE`, `PACELINE_INIT_VITE_VERSION`
 */
export async function readApp(root: string, named: string | undefined, siblings: readonly string[]): Promise<App> {
  const config = named ?? CONFIGS.map((file) => join(root, file)).find((file) => existsSync(file))
  if (config === undefined || !existsSync(config)) {
    const other = siblings.find((file) => OTHER_CONFIGS.test(file))
    const common = siblings.find((file) => /^vite\.config\.c[tj]s$/.test(file))
    throw initError('PACELINE_INIT_NO_CONFIG', [root, insteadOf(other, common)])
  }
  const directory = packageDirectory(dirname(config))
  if (directory === undefined) throw initError('PACELINE_INIT_NO_PACKAGE', [root])
  const vite = viteVersion(directory)
  if (vite !== undefined && !/^[78]\./.test(vite)) throw initError('PACELINE_INIT_VITE_VERSION', [vite])
  const read = async (path: string): Promise<TextFile> => ({
    path,
    file: shownFrom(directory, path),
    text: await readFile(path, 'utf8'),
  })
  return { directory, config: await read(config), packageJson: await read(join(directory, 'package.json')) }
}

export function shownFrom(directory: string, path: string): string {
  return relative(directory, resolve(path)).replaceAll(sep, '/')
}

function insteadOf(framework: string | undefined, common: string | undefined): string {
  if (framework !== undefined) return `; \`${framework}\` is there: add \`paceline()\` to \`vite.plugins\` in it`
  return common === undefined
    ? ''
    : `; \`${common}\` is CommonJS: rename it to \`vite.config.mjs\` and write \`import\``
}

function packageDirectory(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'package.json'))) return directory
    if (dirname(directory) === directory) return undefined
  }
}

/** The version that is installed; nothing where none is yet. */
function viteVersion(directory: string): string | undefined {
  try {
    const file = createRequire(join(directory, 'package.json')).resolve('vite/package.json')
    return String(readManifest(dirname(file))?.['version'])
  } catch {
    return undefined
  }
}
