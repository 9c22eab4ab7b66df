import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Source files of a small app by path. */
export type FixtureFiles = Readonly<Record<string, string | Uint8Array>>

/** Writes an app into a folder of its own, which goes away with the test. Gives the folder's real path. */
export async function writeFixture(files: FixtureFiles): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'paceline-')))
  // A watcher that was closed may still be writing.
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 5 }))
  await writeFiles(root, files)
  return root
}

/** Adds or replaces files of a fixture. */
export async function writeFiles(root: string, files: FixtureFiles): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), content)
  }
}

/** Every file below a directory with the hash of its content, for comparing two outputs. */
export async function hashDirectory(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = await Promise.all(
    files.map(async (file) => {
      const hash = createHash('sha256').update(await readFile(file))
      return [file.slice(dir.length + 1).replaceAll('\\', '/'), hash.digest('hex').slice(0, 16)] as const
    }),
  )
  return Object.fromEntries(hashes.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * A small app with what plugins stumble over: static and dynamic imports, shared modules, CSS in three places, JSON
 * (which has no source map), an asset, a public file, text that is not ASCII.
 */
export const smallApp: FixtureFiles = {
  'package.json': JSON.stringify({ name: 'small-app', version: '1.0.0', private: true, type: 'module' }),
  'index.html':
    '<!doctype html><html lang="en"><head><title>Small</title></head><body><script type="module" src="/src/main.js"></script></body></html>',
  'public/robots.txt': `User-agent: *\n${'# a public file that is long enough to be worth compressing\n'.repeat(30)}`,
  'src/main.js': [
    "import './main.css'",
    "import settings from './settings.json'",
    "import { greet } from './greet.js'",
    "import { format } from 'tiny-format'",
    'document.title = greet(format(settings.name))',
    "document.body.addEventListener('click', async () => (await import('./lazy.js')).show())",
    "document.body.addEventListener('keydown', () => import('./about.js'))",
  ].join('\n'),
  'src/main.css': 'body { color: rebeccapurple; margin: 0 0 0 0 }\n.card { border-radius: 4px }\n',
  'src/settings.json': JSON.stringify({
    name: 'Zoë — 世界 🌍',
    list: Array.from({ length: 40 }, (_, i) => `item ${i}`),
  }),
  'src/greet.js': "export const greet = (name) => `Grüße, ${name}! ${'.'.repeat(Math.random() * 3)}`\n",
  'src/lazy.js':
    "import './lazy.css'\nimport { greet } from './greet.js'\nexport const show = () => alert(greet('lazy page'))\n",
  'src/lazy.css': '.lazy { display: grid }\n@media (min-width: 600px) { .lazy { gap: 1rem } }\n',
  'src/about.js': "import './about.css'\nexport const title = 'About this small app'\nconsole.log(title)\n",
  'src/about.css': '.about { color: #ff0000 }\n',
  'src/server.js': "import { greet } from './greet.js'\nexport const render = () => greet('server')\n",
  'node_modules/tiny-format/package.json': JSON.stringify({
    name: 'tiny-format',
    version: '2.1.0',
    type: 'module',
    main: 'index.js',
  }),
  'node_modules/tiny-format/index.js':
    "export const format = (text) => text.split('').reverse().join('').toUpperCase()\n",
}

/**
 * The small app with a route table of React Router.
 *
 * @param routes path → module, relative to `src`
 */
export function routedApp(routes: Readonly<Record<string, string>>): FixtureFiles {
  const table = Object.entries(routes).map(
    ([path, module]) => `  { path: '${path}', lazy: () => import('${module}') },`,
  )
  return {
    ...smallApp,
    'src/main.js': `${String(smallApp['src/main.js'])}\nimport { router } from './router.js'\nconsole.log(router)`,
    'src/router.js': [
      "import { createBrowserRouter } from 'react-router'",
      'export const router = createBrowserRouter([',
      ...table,
      '])',
    ].join('\n'),
    'node_modules/react-router/package.json': JSON.stringify({
      name: 'react-router',
      version: '8.0.0',
      type: 'module',
      main: 'i.js',
    }),
    'node_modules/react-router/i.js': 'export const createBrowserRouter = (routes) => routes',
  }
}
