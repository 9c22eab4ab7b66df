import type { FixtureFiles } from '@paceline/testkit'

/** An app in JSX, without a framework, with a slow handler and a banner that moves the page. */
export const slowApp: FixtureFiles = {
  'package.json': JSON.stringify({ name: 'slow-app', version: '1.0.0', private: true, type: 'module' }),
  'index.html':
    '<!doctype html><html lang="en"><head><title>Slow</title><link rel="icon" href="data:," /></head><body><div id="app"></div><script type="module" src="/src/main.jsx"></script></body></html>',
  'src/h.js': [
    'export function h(tag, props, ...children) {',
    "  if (typeof tag === 'function') return tag(props ?? {})",
    '  const element = document.createElement(tag)',
    '  for (const [name, value] of Object.entries(props ?? {})) {',
    "    if (name.startsWith('on')) element.addEventListener(name.slice(2).toLowerCase(), value)",
    '    else element.setAttribute(name, value)',
    '  }',
    '  element.append(...children)',
    '  return element',
    '}',
  ].join('\n'),
  'src/main.jsx': [
    "import { h } from './h.js'",
    "import { Editor } from './editor.jsx'",
    "import { Banner } from './late-banner.jsx'",
    "document.getElementById('app').append(<div id='slot' />, <Editor />)",
    "document.getElementById('shift').addEventListener('click', () => setTimeout(() => document.getElementById('slot').append(<Banner />), 700))",
  ].join('\n'),
  'src/editor.jsx': [
    "import { h } from './h.js'",
    "import { work } from './slow-work.js'",
    'export const Editor = () => <section><p>The text of the editor, which everybody reads</p><button id="slow" onClick={work}>slow</button><button id="shift">shift</button></section>',
  ].join('\n'),
  'src/slow-work.js':
    'export function work() { const end = performance.now() + 260; while (performance.now() < end); }\n',
  'src/late-banner.jsx': [
    "import { h } from './h.js'",
    'export const Banner = () => <aside style="height: 240px">Cookies!</aside>',
  ].join('\n'),
}
