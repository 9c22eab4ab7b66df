import { expect, test } from 'vitest'
import { workerPlace } from './urls.ts'

test.each([
  ['/', '/', 'assets/a%20b.js'],
  ['/app', '/app/', 'assets/a%20b.js'],
  ['/app/', '/app/', 'assets/a%20b.js'],
  ['./', './', 'assets/a%20b.js'],
  ['', './', 'assets/a%20b.js'],
  ['https://cdn.example.com/x/', '/', 'https://cdn.example.com/x/assets/a%20b.js'],
])('with base %o answers for %s', (base, scope, url) => {
  const place = workerPlace(base)
  expect(place.scope).toBe(scope)
  expect(place.urlOf('assets/a b.js')).toBe(url)
  expect(place.urlOf('index.html')).toBe('index.html')
})
