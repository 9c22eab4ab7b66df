import { expect, test } from 'vitest'
import { budgetRows, firstLoadFiles, type LoadedFile, type PageLinks } from './first-load.ts'

const file = (name: string, more: Partial<LoadedFile> = {}): LoadedFile => ({
  name: name.startsWith('https:') ? name : `https://app.example/${name}`,
  startTime: 10,
  encodedBodySize: 1000,
  decodedBodySize: 3000,
  workerStart: 0,
  contentEncoding: 'br',
  ...more,
})
const links: PageLinks = {
  origin: 'https://app.example',
  preloads: new Set(['https://app.example/font.woff2']),
  others: new Set(['https://app.example/assets/next.js', 'https://app.example/assets/vitals-overlay.js']),
}

test('scripts, style sheets and what is preloaded belong to the first load, once each, until the first input', () => {
  const files = [
    file('assets/index-1.js'),
    file('assets/index-1.js'),
    file('assets/index.css?v=1'),
    file('font.woff2'),
    file('hero.avif'),
    file('api/notes.json'),
    file('https://cdn.example/other.js'),
    file('https://app.example.evil/other.js'),
    file('assets/next.js'),
    file('assets/vitals-overlay.js'),
    file('assets/dialog.js', { startTime: 500 }),
  ]
  const names = firstLoadFiles(files, links, 400).map(({ name }) => name.replace('https://app.example/', ''))
  expect(names).toEqual(['assets/index-1.js', 'assets/index.css?v=1', 'font.woff2'])
})

test('what came in the encoding of the budget is judged, by kind', () => {
  const files = [file('a.js'), file('b.mjs'), file('c.css', { encodedBodySize: 500 }), file('font.woff2')]
  const [load, requests] = budgetRows(files, { bytes: 3400, encoding: 'brotli', requests: 4 })
  expect(load).toEqual({
    name: 'first load',
    value: '3.5 kB',
    limit: '3.4 kB',
    isBroken: true,
    detail: 'js 2.0 kB, css 0.5 kB, other 1.0 kB',
  })
  expect(requests).toMatchObject({ value: '4', limit: '4', isBroken: false })
  expect(budgetRows(files, { bytes: 3500, encoding: 'brotli', requests: 3 }).map(({ isBroken }) => isBroken)).toEqual([
    false,
    true,
  ])
})

test('what came otherwise is no overrun by itself, and is said', () => {
  const plain = { contentEncoding: '', encodedBodySize: 3000 }
  const [open] = budgetRows([file('a.js'), file('b.js', plain)], { bytes: 2000, encoding: 'brotli' })
  expect(open).toMatchObject({ value: '4.0 kB', isBroken: false })
  expect(open!.detail).toContain('1 of 2 files not as brotli · not judged')
  // The others are too much already.
  const [broken] = budgetRows([file('a.js'), file('b.js', plain)], { bytes: 900, encoding: 'brotli' })
  expect(broken!.isBroken).toBe(true)
  expect(broken!.detail).not.toContain('not judged')
  // Too little even as it came.
  const [held] = budgetRows([file('a.js'), file('b.js', plain)], { bytes: 4000, encoding: 'brotli' })
  expect(held).toMatchObject({ isBroken: false })
  expect(held!.detail).not.toContain('not judged')
  // A service worker hands over what it has decoded.
  const [kept] = budgetRows([file('a.js', { workerStart: 5 })], { bytes: 900, encoding: 'brotli' })
  expect(kept).toMatchObject({ isBroken: false })
})

test('raw bytes are the decoded ones, however a file came', () => {
  const [load] = budgetRows([file('a.js'), file('b.js', { workerStart: 1 })], { bytes: 5999, encoding: 'raw' })
  expect(load).toMatchObject({ value: '6.0 kB', isBroken: true, detail: 'js 6.0 kB' })
})

test('without a budget, and without a build, it says so', () => {
  expect(budgetRows([file('a.js')], {})[0]).toMatchObject({ value: '1.0 kB', limit: '', isBroken: false })
  expect(budgetRows([file('a.js')], {})[0]!.detail).toContain('no budget for this route')
  expect(budgetRows([], undefined)).toEqual([
    expect.objectContaining({ value: '–', detail: expect.stringContaining('no budget while developing') }),
  ])
})
