import type { RouteLimitsApi } from '@paceline/kit'
import { expect, test } from 'vitest'
import { budgetsSource, pageBudgets } from './page-budgets.ts'

const limits: RouteLimitsApi = {
  routeLimits: ({ id, module }) =>
    id === '/free'
      ? undefined
      : {
          firstLoad: { limit: module === 'src/editor.ts' ? 400_000 : 250_000, encoding: 'brotli' },
          ...(module === 'src/editor.ts' && { requests: { limit: 12 } }),
        },
}

test('a path has the limits of its route, under the base, and those without any are not those of another', () => {
  const routes = [
    { id: '/:any', path: '/:any', module: 'src/any.ts' },
    { id: '/editor', path: '/editor', module: 'src/editor.ts' },
    { id: '/editor', path: '/editor', module: 'src/other.ts' },
    { id: '/free', path: '/free', module: 'src/free.ts' },
  ]
  const budgets = pageBudgets(routes, limits, '/app/')
  const at = (path: string): unknown => budgets.find(([pattern]) => pattern.test(path))?.[1]
  expect(at('/app/editor')).toEqual({ bytes: 400_000, encoding: 'brotli', requests: 12 })
  expect(at('/app/notes')).toEqual({ bytes: 250_000, encoding: 'brotli' })
  expect(at('/app/free')).toEqual({})
  expect(at('/editor')).toBeUndefined()
  expect(budgetsSource(budgets)).toContain(
    String.raw`[/^\/app\/editor\/?$/, {"bytes":400000,"encoding":"brotli","requests":12}]`,
  )
})
