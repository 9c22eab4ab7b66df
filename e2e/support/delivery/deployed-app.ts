import { symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runBuild, writeFiles, type FixtureFiles } from '@paceline/testkit'
import { paceline, type PacelineOptions } from 'paceline'

/** Where packages are found that the app imports: the workspace of these tests. */
const MODULES = join(dirname(fileURLToPath(import.meta.url)), '../../../node_modules')

/** One release of an app with one screen and a lazy one. A package makes its script big enough that a delta is worth it. */
export function release(name: string): FixtureFiles {
  return {
    'package.json': JSON.stringify({ name: 'deployed-app', version: '1.0.0', private: true, type: 'module' }),
    'index.html': `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Deployed</title><link rel="icon" href="data:,"></head>
<body><h1></h1><button type="button">About</button><p></p><script type="module" src="/src/main.js"></script></body></html>`,
    'public/robots.txt': `User-agent: *\n# ${name}\n`,
    'src/main.js': `import moment from 'moment'
import './main.css'
import { message } from './message.js'
document.querySelector('h1').textContent = message + ', ' + moment.utc(0).year()
document.querySelector('button').onclick = async () => {
  const { about } = await import('./about.js')
  document.querySelector('p').textContent = about
}`,
    'src/main.css': 'h1 { color: rebeccapurple }',
    'src/message.js': `export const message = 'Release ${name}'`,
    'src/about.js': `export const about = 'About release ${name}'`,
  }
}

/** Builds the next release of the app in a folder, as a deploy does: what is served from its `dist` is that release from now on. */
export async function deploy(root: string, name: string, options?: PacelineOptions): Promise<void> {
  await writeFiles(root, release(name))
  await symlink(MODULES, join(root, 'node_modules')).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const cache = { dir: join(root, '.cache') }
  await runBuild({ vite: 8, root, plugins: paceline({ cache, ...options }), config: { logLevel: 'silent' } })
}
