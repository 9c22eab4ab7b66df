import type { FixtureFiles } from '@paceline/testkit'

/**
 * A page with a slow button, a late shift of the layout, a call of an API, a route that is pushed and a document beside it. What web-vitals' own
 * callbacks say is kept in `seen`.
 */
export const measuredApp: FixtureFiles = {
  'package.json': JSON.stringify({ name: 'measured-app', version: '1.0.0', private: true, type: 'module' }),
  'index.html': `<!doctype html><html lang="en"><head><title>Measured</title><link rel="icon" href="data:," /></head><body>
    <h1 id="title">A page that is measured, with a heading that is the largest thing on it</h1>
    <div id="late"></div><p id="below">Below what comes late</p>
    <button id="slow">slow</button><button id="shift">shift</button><button id="call">call</button>
    <button id="export">export</button><button id="throw">throw</button><button id="reject">reject</button><button id="go">go</button><a id="away" href="/away.html">away</a>
    <main id="view">home</main>
    <script type="module" src="/src/main.js"></script></body></html>`,
  'away.html':
    '<!doctype html><html lang="en"><head><title>Away</title><link rel="icon" href="data:," /></head><body><p>Away</p></body></html>',
  'src/main.js': [
    "import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution'",
    "import { operation, onViolation, grant, revoke } from 'virtual:paceline/vitals'",
    "import { beSlow } from './slow-handler.js'",
    "import { shift } from './late-banner.js'",
    "import { reject, throwUp } from './broken.js'",
    'const seen = {}',
    'const targets = {}',
    'const keep = ({ name, value, attribution }) => {',
    '  seen[name.toLowerCase()] = value',
    '  targets[name.toLowerCase()] = attribution.interactionTarget ?? attribution.largestShiftTarget ?? attribution.target',
    '}',
    'for (const on of [onCLS, onFCP, onINP, onLCP, onTTFB]) on(keep, { reportAllChanges: true })',
    'const violations = []',
    'onViolation((violation) => violations.push(violation))',
    'Object.assign(globalThis, { seen, targets, violations, grant, revoke })',
    "const on = (id, work) => document.getElementById(id).addEventListener('click', work)",
    "on('slow', beSlow)",
    "on('shift', shift)",
    "on('throw', throwUp)",
    "on('reject', reject)",
    "on('call', async () => { await fetch('/api/notes/42?who=zoe'); await fetch('/api/missing/zoe') })",
    "on('export', () => { const from = performance.now(); operation('export', () => new Promise((done) => setTimeout(done, 50))).then(() => (window.exportTook = performance.now() - from)).then(() => operation('import', async () => { throw new Error('broken') })).catch(() => {}) })",
    "on('go', () => { history.pushState({}, '', '/notes/zoe'); document.getElementById('view').replaceChildren(...Array.from({ length: 20 }, (_, index) => Object.assign(document.createElement('h2'), { textContent: 'A note, line ' + index }))) })",
  ].join('\n'),
  'src/slow-handler.js': [
    'export function beSlow() {',
    '  const end = performance.now() + 150',
    '  while (performance.now() < end);',
    "  document.getElementById('view').textContent = 'done'",
    '}',
  ].join('\n'),
  'src/broken.js': [
    'export const text = `of\\nthree\\nlines: ${location.host}`',
    "export function throwUp() { throw new Error('zoe cannot ' + text) }",
    "export function reject() { void Promise.reject(new TypeError('zoe will not ' + text)) }",
  ].join('\n'),
  'src/late-banner.js': [
    'export function shift() {',
    '  setTimeout(() => {',
    "    document.getElementById('late').style.height = '200px'",
    '  }, 700)',
    '}',
  ].join('\n'),
}
