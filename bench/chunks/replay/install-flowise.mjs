import { spawnSync } from 'node:child_process'
import { rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * Installs what Flowise's UI is built from, as its lockfile says, in a checkout of Flowise (the current folder), and puts Vite 8 in place
 * of the Vite 5 it names: what is measured is the app, on the Vite of today. Nothing is compiled.
 */

const PNPM = 'pnpm@10.26.0'
const here = createRequire(import.meta.url)
const playground = createRequire(new URL('../../../playground/package.json', import.meta.url))

const install = ['--yes', PNPM, 'install', '--filter', 'flowise-ui', '--frozen-lockfile', '--ignore-scripts']
const { status, error } = spawnSync('npx', install, { stdio: 'inherit', shell: process.platform === 'win32' })
if (status !== 0)
  throw error ?? new Error(`\`${PNPM}\` does not install; exit code ${status}. Its reason stands above.`)

const modules = join(process.cwd(), 'packages/ui/node_modules')
link('vite', here)
link('@vitejs/plugin-react', playground)

/** @param {string} name @param {NodeJS.Require} from */
function link(name, from) {
  // Not every package lets its package.json be asked for.
  const main = from.resolve(name)
  const folder = main.slice(0, main.lastIndexOf(join('node_modules', name))) + join('node_modules', name)
  const path = join(modules, name)
  rmSync(path, { recursive: true, force: true })
  symlinkSync(folder, path, 'junction')
}
