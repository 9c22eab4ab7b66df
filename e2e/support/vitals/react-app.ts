import type { FixtureFiles } from '@paceline/testkit'

/** What is measured with the components for React: one operation by a state, one by a function, and the dashboard. */
export const reactApp: FixtureFiles = {
  'package.json': JSON.stringify({ name: 'react-app', version: '1.0.0', private: true, type: 'module' }),
  'index.html':
    '<!doctype html><html lang="en"><head><title>React</title><link rel="icon" href="data:," /></head><body><div id="app"></div><script type="module" src="/src/main.jsx"></script></body></html>',
  'away.html': '<!doctype html><html lang="en"><head><title>Away</title></head><body></body></html>',
  'src/main.jsx': [
    "import { StrictMode, useState } from 'react'",
    "import { createRoot } from 'react-dom/client'",
    "import { Operation, PerformanceDashboard, useOperation } from '@paceline/vitals/react'",
    'function App() {',
    '  const [pending, setPending] = useState(false)',
    "  const time = useOperation('save')",
    '  return <main><h1>Notes</h1>',
    '    <button onClick={() => setPending(true)}>load</button>',
    '    <button onClick={() => setPending(false)}>end</button>',
    "    <button onClick={() => time(() => Promise.reject(new Error('no'))).catch(() => {})}>save</button>",
    '    <Operation name="load" pending={pending}>{pending ? <p>loading</p> : <p>ready</p>}</Operation>',
    '    <PerformanceDashboard /></main>',
    '}',
    "createRoot(document.getElementById('app')).render(<StrictMode><App /></StrictMode>)",
  ].join('\n'),
}
