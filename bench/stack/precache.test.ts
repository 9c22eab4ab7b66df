import { expect, test } from 'vitest'
import { ofWorkbox } from './precache.ts'

test('files are read from a minified worker in either order of the fields, each once', () => {
  const code =
    's.precacheAndRoute([{url:"a b.js",revision:null},{"revision":"1f","url":"index.html"},{url:"index.html",revision:"1f"}],{})'
  expect(ofWorkbox(code)).toEqual(['a b.js', 'index.html'])
})

test('escaped names are those of the files', () => {
  expect(ofWorkbox('[{url:"a%20b.js",revision:null}]')).toEqual(['a b.js'])
})
