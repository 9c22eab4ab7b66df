import { expect, test } from 'vitest'
import { fileRouteId, fileRouteTargets, routePath } from './file-routes.ts'

test('fileRouteId reads both ways to write a file route', () => {
  expect(fileRouteId("export const Route = createFileRoute('/posts/$id')({})")).toBe('/posts/$id')
  expect(fileRouteId('export const Route = createLazyFileRoute("/about")({})')).toBe('/about')
  expect(fileRouteId('createRoute({})')).toBeUndefined()
})

test.each([
  ['/', '/'],
  ['/_app/posts/$id/', '/posts/:id'],
  ['/(auth)/sign-in', '/sign-in'],
  ['/files/$', '/files/*'],
])('routePath of %s is %s', (id, path) => {
  expect(routePath(id)).toBe(path)
})

test('pages of split route files lie in the layouts whose id they begin with', () => {
  const routes = [
    { module: '/r/_app/route.tsx', id: '/_app' },
    { module: '/r/_app/index.tsx', id: '/_app/' },
    { module: '/r/_app/settings/route.tsx', id: '/_app/settings' },
    { module: '/r/_app/settings/team.tsx', id: '/_app/settings/team' },
  ]
  const lazy = [
    '/r/_app/route.tsx?tsr-split=component',
    '/r/_app/index.tsx?tsr-split=component',
    '/r/_app/settings/route.tsx?tsr-split=component',
    '/r/_app/settings/team.tsx?tsr-split=component',
    '/r/_app/settings/team.tsx?tsr-split=errorComponent',
    '/other.tsx',
  ]
  expect(fileRouteTargets(routes, lazy).map(({ path, layouts }) => [path, layouts.length])).toEqual([
    ['/', 1],
    ['/settings', 1],
    ['/settings/team', 2],
  ])
})
