import { describe, expect, it } from 'vitest'
import { addIntegrity, type IntegrityInput } from './add-integrity.ts'

const integrity = new Map([
  ['assets/index-1.js', 'sha384-entry'],
  ['assets/lazy-1.js', 'sha384-lazy'],
  ['assets/index-1.css', 'sha384-style'],
])
const page = (base: string, map = ''): string => `<!doctype html>
<html><head>
    <link rel="icon" href="${base}favicon.svg">
    ${map}<script type="module" crossorigin src="${base}assets/index-1.js"></script>
    <link rel="stylesheet" crossorigin href="${base}assets/index-1.css" />
    <script src="https://elsewhere.example/assets/index-1.js"></script>
</head><body></body></html>`
const add = (input: Partial<IntegrityInput>): ReturnType<typeof addIntegrity> =>
  addIntegrity({ html: page('/'), file: 'index.html', base: '/', integrity, ...input })

describe('integrity', () => {
  it('is added to the files of the output and changes nothing else', () => {
    const { html, importMap } = add({})
    expect(html).toContain(
      '<script type="module" crossorigin src="/assets/index-1.js" integrity="sha384-entry"></script>',
    )
    expect(html).toContain('href="/assets/index-1.css"  integrity="sha384-style"/>')
    const inserted = `<script type="importmap">${importMap}</script>\n    `
    expect(html.replace(inserted, '').replaceAll(/ integrity="[^"]+"/g, '')).toBe(page('/'))
    // Before the first module: a map counts only for what comes after it.
    expect(html.indexOf('importmap')).toBeLessThan(html.indexOf('type="module"'))
    expect(JSON.parse(importMap!)).toEqual({
      integrity: { '/assets/index-1.js': 'sha384-entry', '/assets/lazy-1.js': 'sha384-lazy' },
    })
  })

  it('goes into the import map that is there', () => {
    const map = '<script type="importmap">{"imports":{"/assets/a.js":"/assets/lazy-1.js"}}</script>'
    const { html, importMap } = add({ html: page('/', map) })
    expect(html.match(/importmap/g)).toHaveLength(1)
    expect(html).toContain(`<script type="importmap">${importMap}</script>`)
    expect(JSON.parse(importMap!)).toMatchObject({
      imports: { '/assets/a.js': '/assets/lazy-1.js' },
      integrity: { '/assets/lazy-1.js': 'sha384-lazy' },
    })
  })

  it.each([
    ['/app/', 'index.html', '/app/'],
    ['https://cdn.example/x/', 'index.html', 'https://cdn.example/x/'],
    ['./', 'index.html', './'],
    ['./', 'deep/index.html', '../'],
  ])('finds the files with base %s in %s', (base, file, written) => {
    const { html, importMap } = add({ base, file, html: page(written) })
    expect(html).toContain('assets/index-1.js" integrity="sha384-entry"')
    expect(JSON.parse(importMap!)).toMatchObject({ integrity: { [`${written}assets/lazy-1.js`]: 'sha384-lazy' } })
  })

  it('is not added twice, nor to files of others', () => {
    const once = add({}).html
    expect(add({ html: once }).html).toBe(once)
    expect(once).toContain('<script src="https://elsewhere.example/assets/index-1.js"></script>')
  })
})
