import type { Rollup } from 'vite'
import { expect, test } from 'vitest'
import { sourcesOf } from './module-sources.ts'

const meta = { rollupVersion: '4.67.4' } as Rollup.PluginContextMeta

test('asks the bundler once for the side effects of a module: Rolldown copies all that it knows each time', () => {
  const asked: string[] = []
  const { isPure } = sourcesOf({
    meta,
    getModuleInfo(id) {
      asked.push(id)
      return { moduleSideEffects: id === '/loud.js' } as Rollup.ModuleInfo
    },
  })
  expect(['/loud.js', '/quiet.js', '/loud.js', '/quiet.js'].map(isPure)).toEqual([false, true, false, true])
  expect(asked).toEqual(['/loud.js', '/quiet.js'])
})
