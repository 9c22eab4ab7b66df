import type { Rollup } from 'vite'
import { expect, test } from 'vitest'
import { mappedFiles } from './mapped-files.ts'

function mapped(imports: object, base = ''): Record<string, string> {
  const content = Object.entries(imports).map(([name, file]) => [base + name, base + (file as string)])
  const outputs = [
    { type: 'chunk', fileName: 'assets/one-1.js' },
    { type: 'chunk', fileName: 'two-2.js' },
    { type: 'asset', fileName: 'importmap.json', source: JSON.stringify({ imports: Object.fromEntries(content) }) },
    { type: 'asset', fileName: 'data.json', source: '{"imports": no JSON' },
    { type: 'asset', fileName: 'list.json', source: new TextEncoder().encode('{"imports":["assets/one-1.js"]}') },
  ]
  const bundle = Object.fromEntries(outputs.map((output) => [output.fileName, output]))
  return Object.fromEntries(mappedFiles(bundle as unknown as Rollup.OutputBundle))
}

test.each(['/', './', '/app/', 'https://cdn.example/app/'])(
  'finds the files behind the names of a map for %s',
  (base) => {
    expect(mapped({ 'assets/one-x.js': 'assets/one-1.js', 'two-y.js': 'two-2.js' }, base)).toEqual({
      'assets/one-x.js': 'assets/one-1.js',
      'two-y.js': 'two-2.js',
    })
  },
)

test('leaves out what is no chunk', () => {
  expect(mapped({ lib: 'https://cdn.example/lib.js' })).toEqual({})
})
