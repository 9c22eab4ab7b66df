import { describe, expect, test } from 'vitest'
import { htmlLinks } from './html-links.ts'

const known = new Set(['assets/a.js', 'assets/b.js', 'assets/c.css', 'assets/f.woff2'])
const html = (prefix: string): string => `<!doctype html>
  <!-- <script type="module" src="${prefix}assets/b.js"></script> -->
  <script type="module" crossorigin src="${prefix}assets/a.js"></script>
  <link rel="modulepreload" crossorigin href="${prefix}assets/b.js">
  <link rel='stylesheet' href=${prefix}assets/c.css>
  <link rel="preload" as="font" href="${prefix}assets/f.woff2" title="a > b">
  <link rel="icon" href="${prefix}favicon.svg"><script src="https://other.example/x.js"></script>`

describe('htmlLinks', () => {
  test.each([
    ['/', '/', 'index.html'],
    ['/app/', '/app/', 'index.html'],
    ['./', './', 'index.html'],
    ['../', './', 'admin/index.html'],
    ['https://cdn.example/x/', 'https://cdn.example/x/', 'index.html'],
  ])('finds files under prefix %s with base %s in %s', (prefix, base, file) => {
    expect(htmlLinks(html(prefix), file, base, known)).toEqual({
      scripts: ['assets/a.js'],
      preloads: ['assets/b.js', 'assets/f.woff2'],
      styles: ['assets/c.css'],
    })
  })

  test.each(['nomodule', 'nomodule=""', 'NOMODULE'])(
    'leaves out a script with %s, which browsers with modules do not fetch',
    (flag) => {
      const page = `<script ${flag} src="/assets/a.js"></script><script src="/assets/b.js" title="nomodule"></script>`
      expect(htmlLinks(page, 'index.html', '/', known).scripts).toEqual(['assets/b.js'])
    },
  )
})
