import { resolve } from 'node:path'
import type { Rollup } from 'vite'
import { expect, test } from 'vitest'
import { keepInside } from './build-app.ts'

const place = (dir: string): string | undefined => {
  const { outputOptions } = keepInside(resolve('/rebuilt'), { root: '/app', build: { outDir: 'dist' } })
  const { handler } = outputOptions as Exclude<typeof outputOptions, Function | undefined>
  const options = handler.call({} as Rollup.PluginContext, { dir } as Rollup.OutputOptions)
  return (options as Rollup.OutputOptions | null)?.dir
}

test.each([
  ['dist', resolve('/rebuilt')],
  ['dist/legacy', resolve('/rebuilt/legacy')],
  ['distant', resolve('/rebuilt')],
  ['../elsewhere', resolve('/rebuilt')],
  [resolve('/rebuilt'), undefined],
  [resolve('/rebuilt/legacy'), undefined],
])('an output in %s is built into %j', (dir, expected) => {
  expect(place(dir)).toBe(expected)
})
