import { posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { linkRoutes } from './link-routes.ts'
import { moduleSyntax } from './module-syntax.ts'
import type { SyntaxNode } from './syntax.ts'

/** Routes of an app of a few files: `path module [layouts]`. */
function routes(files: Record<string, string>): string[] {
  const modules = new Map(
    Object.entries(files).map(([file, code]) => [
      `/${file}`,
      moduleSyntax(parseSync(file, code).program as unknown as SyntaxNode),
    ]),
  )
  const resolve = (importer: string, specifier: string): string | undefined => {
    const path = specifier.startsWith('@/') ? `/${specifier.slice(2)}` : posix.join(posix.dirname(importer), specifier)
    if (!specifier.startsWith('.') && !specifier.startsWith('@/')) return undefined
    return modules.has(`${path}.tsx`) ? `${path}.tsx` : path
  }
  return linkRoutes({ modules, resolve, owns: (id) => id !== '/router-package' }).map(({ path, module, layouts }) =>
    [path ?? '?', module, ...layouts.map((layout) => `in ${layout}`)].join(' '),
  )
}

describe('linkRoutes', () => {
  test('reads an object table with lazy routes, nesting and index routes', () => {
    expect(
      routes({
        'router.tsx': `
          import { Home } from './home'
          export const router = createBrowserRouter([
            { Component: Shell, children: [
              { index: true, Component: Home },
              { path: 'projects/:id', lazy: () => import('./project') },
              { path: 'settings', lazy: () => import('./settings'), children: [
                { ErrorBoundary: E, children: [
                  { index: true, lazy: () => import('./profile') },
                  { path: 'team', lazy: async () => { const { Team } = await import('./team'); return { Component: Team } } },
                ] },
              ] },
              { path: '*', Component: NotFound },
            ] },
          ])`,
        'home.tsx': 'export const Home = () => null',
      }),
    ).toEqual([
      '/ /home.tsx',
      '/projects/:id /project',
      '/settings /profile in /settings',
      '/settings/team /team in /settings',
    ])
  })

  test('reads <Route> elements and lazy components kept in constants', () => {
    expect(
      routes({
        'app.tsx': `
          const Editor = lazy(() => import('./editor'))
          const Layout = React.lazy(() => import('./layout'))
          export const App = () => <Routes>
            <Route path="/app" element={<Suspense fallback={<Spinner />}><Layout /></Suspense>}>
              <Route path="editor" element={<Guard><Editor /></Guard>} />
            </Route>
          </Routes>`,
      }),
    ).toEqual(['/app/editor /editor in /layout'])
  })

  test('follows paths and tables into other modules', () => {
    expect(
      routes({
        'router.tsx': `
          import { paths } from '@/config/paths'
          import { adminRoutes } from './admin/routes'
          export default [
            { path: paths.home.path, lazy: () => import('./landing').then(convert(client)) },
            { path: paths.admin.root, element: <Guard />, children: adminRoutes },
            { path: \`\${paths.home.path}about\`, component: () => import('./about') },
          ]`,
        'config/paths.tsx': "export const paths = { home: { path: '/' }, admin: { root: '/admin' } } as const",
        'admin/routes.tsx': `
          const Users = lazy(() => import('./users'))
          export const adminRoutes = [{ path: 'users', element: <Users /> }, ...more]`,
      }),
    ).toEqual(['/ /landing', '/admin/users /admin/users', '/about /about'])
  })

  test('leaves the path open when it is computed', () => {
    expect(routes({ 'r.tsx': "export const r = [{ path: make('x'), lazy: () => import('./x') }]" })).toEqual(['? /x'])
  })

  test('takes no object with a path for a route unless it shows something', () => {
    expect(routes({ 'r.tsx': "export const icon = { path: 'M0 0h24', fill: 'none' }" })).toEqual([])
  })
})
