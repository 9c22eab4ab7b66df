import { BEACON_PATH } from '@paceline/kit'
import Fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { traffic } from '../testing/beacons.ts'
import { runCollector } from '../testing/run-collector.ts'
import { createApp } from './app.ts'
import type { AppOptions } from './app.ts'

type Methods = Readonly<Record<string, { responses: Record<number, { content?: Record<string, { schema: object }> }> }>>

interface Description {
  readonly paths: Readonly<Record<string, Methods>>
}

const API = '/__paceline/api'

/** Of the tree that Fastify prints: each line has what its path has beyond that of the line above it, to the left. */
function routesOf(tree: string): string[] {
  const parts: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+) \(([^)]+)\)$/.exec(line) ?? []
    if (part === '') return []
    parts.splice(indent.length / 4, parts.length, part)
    return methods.split(', ').flatMap((method) => (method === 'HEAD' ? [] : `${method} ${parts.join('')}`))
  })
}

it('describes every path that the server answers, and no other', async () => {
  const { json } = await runCollector()
  const { paths } = await json<Description>(`${API}/openapi.json`)
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const app = await createApp({ service: {}, dashboard: new Map() } as unknown as AppOptions)
  onTestFinished(() => app.close())
  // Pages for people are no API.
  const answered = routesOf(app.printRoutes({ commonPrefix: false })).filter(
    (one) => !/^GET \/(?:__paceline\/?(?:dashboard.*)?)?$/.test(one),
  )
  expect(answered.length).toBe(17)
  // Beacons are taken without Fastify.
  expect(described.toSorted()).toEqual([...answered, `POST ${BEACON_PATH}`].toSorted())
})

it('answers as it describes', async () => {
  const { json, get, post, push, url, collector } = await runCollector({ minSamples: 5 })
  const releases = ['0123456789ab', 'ba9876543210'] as const
  for (const release of releases) {
    const routes = [{ id: '/', path: '/', module: 'a.ts', files: ['index-a1.js'], brotli: 9 }]
    const chunks = [{ file: 'index-a1.js', modules: [{ id: `${release}.ts`, brotli: 9 }] }]
    expect(await push({ schemaVersion: 1, release, routes, chunks, owners: {} })).toBe(200)
  }
  await post(traffic(90, 3, releases))
  await collector.settle()
  const { paths } = await json<Description>(`${API}/openapi.json`)
  const judge = Fastify({
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
  })
  onTestFinished(() => judge.close())
  const schemaOf = (path: string, method: string): object =>
    paths[`${API}/${path}`]![method]!.responses[200]!.content!['application/json']!.schema
  const answers: Record<string, unknown> = {
    'post cache/clear': await (await fetch(`${url}${API}/cache/clear`, { method: 'POST' })).json(),
    'post releases': { release: '0123456789ab' },
  }
  const compare = `?before=${releases[0]}&after=${releases[1]}&route=/`
  for (const [path, query] of [
    ['performance/stats', '?device=mobile&route=/'],
    ['performance/metrics', ''],
    ['performance/slow', ''],
    ['performance/visits', ''],
    ['releases/compare', compare],
    ['dimensions', ''],
    ['cache/stats', ''],
  ] as const)
    answers[`get ${path}`] = await (await get(`${API}/${path}${query}`)).json()
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    path.startsWith(API) && !/live$|openapi.json$/.test(path)
      ? Object.keys(methods).map((method) => `${method} ${path.slice(API.length + 1)}`)
      : [],
  )
  expect(Object.keys(answers).toSorted()).toEqual(documented.toSorted())
  for (const name of Object.keys(answers)) {
    const [method = '', path = ''] = name.split(' ')
    expect(schemaOf(path, method)).not.toEqual({})
    judge.post(`/${name.replace(' ', '/')}`, { schema: { body: schemaOf(path, method) } }, async () => 'fits')
  }
  for (const [name, answer] of Object.entries(answers)) {
    const payload = answer as object
    const { body } = await judge.inject({ method: 'POST', url: `/${name.replace(' ', '/')}`, payload })
    expect([name, body]).toEqual([name, 'fits'])
  }
})
