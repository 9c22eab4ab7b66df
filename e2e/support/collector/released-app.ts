import { paceline } from 'paceline'
import type { FixtureFiles } from '@paceline/testkit'
import { build } from 'vite'

/** The module that gets slow. It is loaded with the page of the notes. */
export const PLANTED = 'src/notes/export-notes.js'

/**
 * Exports for so many milliseconds. It is the handler itself, since browsers name the function that they call, and not what that calls in turn.
 * Interactions below 40 ms are not listed by browsers at all, so the good one takes a little.
 */
const exportFor = (milliseconds: number): string =>
  [
    'export function exportNotes({ target }) {',
    `  const end = performance.now() + ${milliseconds}`,
    "  let text = ''",
    "  while (performance.now() < end) text += 'note\\n'",
    '  target.nextElementSibling.textContent = `exported ${text.slice(0, 4)}`',
    '}',
  ].join('\n')

/** An app with two pages, one of them loaded lazily, on which notes are exported. */
export const app: FixtureFiles = {
  'package.json': JSON.stringify({ name: 'notes-app', version: '1.0.0', private: true, type: 'module' }),
  CODEOWNERS: 'src/notes/ @acme/notes\n',
  '.git/HEAD': 'ref: refs/heads/main\n',
  'index.html':
    '<!doctype html><html lang="en"><head><title>Notes</title><link rel="icon" href="data:," /></head><body><main></main><script type="module" src="/src/main.js"></script></body></html>',
  'src/main.js': [
    "const pages = { '/': () => import('./home.js'), '/notes': () => import('./notes/notes-page.js') }",
    "const { show } = await (pages[location.pathname] ?? pages['/'])()",
    "show(document.querySelector('main'))",
  ].join('\n'),
  'src/home.js':
    "export const show = (main) => main.append(Object.assign(document.createElement('h1'), { textContent: 'Home' }))\n",
  'src/notes/notes-page.js': [
    "import { exportNotes } from './export-notes.js'",
    'export function show(main) {',
    "  main.innerHTML = '<h1>Notes</h1><button>Export</button><output></output>'",
    "  main.querySelector('button').addEventListener('click', exportNotes)",
    '}',
  ].join('\n'),
  [PLANTED]: exportFor(80),
}

/** The same with the module planted. */
export const slowModule: FixtureFiles = { [PLANTED]: exportFor(2200) }

/**
 * Builds it as a team would: measured, with a promise.
 *
 * @param collector is told of the release, or the build fails
 */
export async function release(root: string, collector?: string): Promise<void> {
  const plugins = paceline({
    // Slow machines start slowly; what is planted is far beyond.
    sla: { lcp: 20_000, inp: 1500, cls: 1 },
    vitals: { routes: ['/', '/notes'] },
    ...(collector === undefined ? {} : { collector: { url: collector, strict: true } }),
  })
  await build({ root, configFile: false, logLevel: 'silent', plugins })
}
