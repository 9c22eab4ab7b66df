import { expect, test } from 'vitest'
import { devPath } from './find-in-dev.ts'

test.each([
  ['/app', '/app/src/a b#1.png', 'src/a%20b%231.png'],
  ['/app', '/shared/@scope/a b%.png', '@fs/shared/@scope/a%20b%25.png'],
  ['/app', '/shared/a#1?.png', '@fs/shared/a%231%3F.png'],
  ['/', '/src/a.png', 'src/a.png'],
  ['C:/app', String.raw`C:\app\src\a b.png`, 'src/a%20b.png'],
  [String.raw`c:\app`, 'C:/app/src/a.png', 'src/a.png'],
  ['C:/app', String.raw`C:\application\a.png`, '@fs/C:/application/a.png'],
  ['C:/app', String.raw`d:\shared\@scope\a b.png`, '@fs/D:/shared/@scope/a%20b.png'],
])('from %s, %s is served as %s', (root, file, url) => {
  expect(devPath(root, file)).toBe(url)
})
