import { expect, test } from 'vitest'
import { pagePath } from './read-routes.ts'

test.each([
  ['/app/index.html', '/app', '/'],
  ['/app/admin/index.html', '/app', '/admin'],
  ['/about.html', '/', '/about'],
  ['C:/app/admin/index.html', 'C:/app', '/admin'],
  ['c:/app/about.html', 'C:/app', '/about'],
  ['C:/index.html', 'C:/', '/'],
])('%s in %s is the page of %s', (file, root, path) => {
  expect(pagePath(file, root)).toBe(path)
})
