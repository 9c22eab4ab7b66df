import { expect, test } from 'vitest'
import { changedSettings, checkPlacement, checkSameRoutes } from './check-placement.ts'
import type { Placement } from './placement/place-modules.ts'
import { aPlan } from './testing/a-plan.ts'

const files = Array.from({ length: 10 }, (_, index) => `src/f${index}.ts`)
const plan = aPlan({ vendor: { modules: ['react', 'react/odd.js'] }, app: { modules: files } }, { app: 'lumen' })

function placement(rest: Partial<Placement>): Placement {
  return { table: new Map(), inEntries: new Map(), added: [], moved: [], unplaced: [], gone: [], ...rest }
}

const check = (rest: Partial<Placement>): string[] => checkPlacement('paceline.chunks.json', plan, placement(rest))

test('a plan that fits is followed without a word', () => {
  expect(check({ added: [{ key: 'src/new.ts', chunk: 'app' }] })).toEqual([])
})

test('says what is gone and what had to move, the first of many', () => {
  expect(check({ gone: ['react', 'src/f1.ts'], moved: [{ key: 'src/f2.ts', from: 'app', to: 'vendor' }] })).toEqual([
    '`paceline.chunks.json` names what is gone; react, src/f1.ts. Bring it up to date with `paceline chunks plan`.',
    '`paceline.chunks.json` could not be followed where the sources have changed; src/f2.ts (app → vendor). Bring it up to date with `paceline chunks plan`.',
  ])
  const moved = files.slice(0, 7).map((key) => ({ key, from: 'a', to: 'b' }))
  expect(check({ moved })[0]).toContain('src/f4.ts (a → b), and 2 more.')
})

test('a plan of which most is gone is refused, whatever packages it shares with the app', () => {
  expect(() => check({ gone: files.slice(0, 6) })).toThrow(expect.objectContaining({ code: 'PACELINE_PLAN_GONE' }))
  expect(() => check({ gone: files.slice(0, 5) })).not.toThrow()
})

test('a plan of which nothing is here is another app’s', () => {
  expect(() => check({ gone: files })).toThrow(
    expect.objectContaining({
      code: 'PACELINE_PLAN_OTHER_APP',
      message: expect.stringContaining("received the one of 'lumen', and 0 of its 10 files"),
    }),
  )
})

test.each([
  ['other routes', ['/shop', '/cart'], 'lumen', true],
  ['other routes under the same name', ['/shop'], 'app', true],
  ['only the route in common that all apps have', ['/', '/shop'], 'lumen', true],
  ['that route alone, and the same name', ['/', '/shop'], 'app', false],
  ['a page in common, and another name', ['/', '/notes', '/shop'], 'lumen', false],
  ['one page', ['/'], 'lumen', false],
  ['no routes', [], 'lumen', false],
])('a plan without files, with %s', (_, routes, app, isOther) => {
  const figures = Object.fromEntries(routes.map((route) => [route, { bytes: 1, requests: 1 }]))
  const check = () => checkSameRoutes('p.json', { app, routes: figures }, { app: 'app', routes: ['/', '/notes'] })
  if (isOther) expect(check).toThrow(expect.objectContaining({ code: 'PACELINE_PLAN_OTHER_APP' }))
  else expect(check).not.toThrow()
})

test('names the settings that have changed; the order of groups is one', () => {
  const settings = { returning: 0.5, groups: { a: 'x', b: 'y' }, stable: false }
  expect(changedSettings({ settings }, { ...settings })).toEqual([])
  expect(changedSettings({ settings }, { returning: 0.5, groups: { b: 'y', a: 'x' }, weights: {} })).toEqual([
    'groups',
    'stable',
    'weights',
  ])
})
