import { expect, test } from 'vitest'
import { pathOf } from './inputs.ts'

test.each([
  ['/app/pages/a.html', '/app', 'pages/a.html'],
  ['./pages/a.html', '/app', 'pages/a.html'],
  [String.raw`C:\app\pages\a.html`, 'C:/app', 'pages/a.html'],
  ['C:/app/pages/a.html', String.raw`c:\app`, 'pages/a.html'],
  [String.raw`.\pages\a.html`, 'C:/app', 'pages/a.html'],
  [String.raw`C:\a.html`, 'C:/', 'a.html'],
  [String.raw`D:\app\a.html`, 'C:/app', 'D:/app/a.html'],
])('%s in %s is %s', (input, root, expected) => {
  expect(pathOf(input, root)).toBe(expected)
})
