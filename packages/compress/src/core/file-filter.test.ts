import { expect, test } from 'vitest'
import { fileFilter } from './file-filter.ts'

const isIncluded = fileFilter(undefined, [])

test.each([
  'index.html',
  'assets/index-AAAAAAAA.js',
  'worker.mjs',
  'a.css',
  'data.json',
  'manifest.webmanifest',
  'app.manifest',
  'icon.svg',
  'decoder.wasm',
  'sitemap.xml',
  'robots.txt',
])('%s is compressed', (file) => expect(isIncluded(file)).toBe(true))

test.each([
  'assets/index-AAAAAAAA.js.map',
  'photo.jpg',
  'photo.avif',
  'font.woff2',
  'film.mp4',
  'archive.zip',
  'a.js.gz',
  'a.js.br',
  'a.js.dcz',
  'LICENSE',
])('%s is left alone', (file) => expect(isIncluded(file)).toBe(false))
