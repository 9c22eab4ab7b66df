import { win32 } from 'node:path'
import { expect, test } from 'vitest'
import { foldersOf, withoutKnown } from './find-unused.ts'
import { ImageUses } from './image-uses.ts'

const windows = String.raw

test('pictures that modules of Windows ask for are not unused, nor are public and built ones', () => {
  const app = {
    publicDir: 'C:/app/public',
    outDir: win32.resolve('C:/app', 'dist'),
    modules: new Set(['C:/app/src/asked.png']),
    used: [windows`c:\app\src\styled.png`],
  }
  const found = ['src/asked.png', 'src/styled.png', 'src/left.png', 'public/a.png', 'dist/b.png', 'distant/c.png']
  expect(
    withoutKnown(
      found.map((file) => win32.join('C:/app', file)),
      app,
    ),
  ).toEqual([windows`C:\app\src\left.png`, windows`C:\app\distant\c.png`])
})

test('the folders of an app are those of its own modules', () => {
  const modules = [
    'C:/app/src/pages/a.ts',
    windows`c:\app\lib\b.ts`,
    'C:/app/main.ts',
    'C:/app/node_modules/x/i.js',
    'C:/application/src2/c.ts',
    'D:/app/src3/d.ts',
  ]
  expect([...foldersOf('C:/app', modules)]).toEqual(['src', 'lib'])
  expect([...foldersOf('/', ['/src/a.ts', '/b.ts'])]).toEqual(['src'])
})

test('a picture is one, however its path is written', () => {
  const uses = new ImageUses()
  uses.used({ file: 'C:/app/src/a.png', importer: 'C:/app/src/a.ts' })
  uses.placeholder(windows`c:\app\src\a.png`, 7)
  expect(uses.has(windows`C:\app\src\a.png`)).toBe(true)
  expect([...uses.all()]).toEqual([['C:/app/src/a.png', { importers: ['C:/app/src/a.ts'], files: [], placeholder: 7 }]])
})
