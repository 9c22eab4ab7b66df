import type { Rollup } from 'vite'
import { expect, test } from 'vitest'
import { CollectedOutput, outputPrefix } from './collected-output.ts'

test('the chunks of a module are found, whichever way its path is written', () => {
  const collected = new CollectedOutput()
  const chunk = {
    type: 'chunk',
    fileName: 'a.js',
    isEntry: true,
    moduleIds: [String.raw`C:\app\src\a.ts`],
    imports: [],
  }
  collected.add({ 'a.js': chunk } as unknown as Rollup.OutputBundle, [], 'assets/')
  expect(collected.chunksOf([String.raw`C:\app\src\a.ts`])).toEqual(['assets/a.js'])
  expect(collected.chunksOf(['C:/app/src/a.ts'])).toEqual(['assets/a.js'])
  expect(collected.chunksOf(['C:/app/src/b.ts'])).toEqual([])
})

test.each([
  ['/app/dist', '/app/dist', ''],
  ['/app/dist', '/app/dist/legacy', 'legacy/'],
  ['/app/dist', '/app/other', undefined],
])('in %s, the output of %s is at %j', (outDir, dir, prefix) => {
  expect(outputPrefix(outDir, dir)).toBe(prefix)
})
