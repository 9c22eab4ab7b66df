import { expect, test } from 'vitest'
import { mimeType } from './mime-type.ts'

// The registry of IANA and the standards that name a type, not another library.
test.each([
  ['a.js', 'text/javascript; charset=utf-8'],
  ['a.mjs', 'text/javascript; charset=utf-8'],
  ['a.css', 'text/css; charset=utf-8'],
  ['a.html', 'text/html; charset=utf-8'],
  ['a.json', 'application/json; charset=utf-8'],
  ['a.js.map', 'application/json; charset=utf-8'],
  ['a.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['a.svg', 'image/svg+xml; charset=utf-8'],
  ['a.wasm', 'application/wasm'],
  ['a.avif', 'image/avif'],
  ['a.webp', 'image/webp'],
  ['a.jxl', 'image/jxl'],
  ['a.woff2', 'font/woff2'],
  ['A.PNG', 'image/png'],
  ['a.speculationrules', 'application/speculationrules+json; charset=utf-8'],
  ['.well-known/thing', 'application/octet-stream'],
])('%s is served as %s', (file, type) => {
  expect(mimeType(file)).toBe(type)
})
