import { expect, test } from 'vitest'
import { sourceModules } from './source-names.ts'

const modules = [
  { id: 'C:/app/src/a.ts', renderedLength: 1 },
  { id: String.raw`C:\app\src\b.ts`, renderedLength: 1 },
  { id: 'D:/shared/App.vue?vue&type=script', renderedLength: 9 },
  { id: 'D:/shared/App.vue?vue&type=style', renderedLength: 1 },
  { id: '\0app/routes', renderedLength: 1 },
]

test('sources of a map are the modules they were on Windows, whichever way either is written', () => {
  const sources = [
    String.raw`c:\app\src\a.ts`,
    'c:/app/src/b.ts',
    String.raw`D:\shared\App.vue`,
    'C:/app/dist/assets/app/routes',
    'C:/app/src/gone.ts',
  ]
  expect(sourceModules(sources, modules)).toEqual([0, 1, 2, 4, -1])
})
