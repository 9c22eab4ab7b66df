import { getTransformedRoutes, headersSchema, rewritesSchema, type Route } from '@vercel/routing-utils'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { fileUrl } from '../../links/route-links.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import {
  manyFiles,
  smallSite,
  smallSiteOptions,
  writeDelivery,
  type DeliveryFixture,
} from '../../testing/delivery-fixture.ts'
import { wantedHeaders } from './header-rules.ts'
import { vercel } from './vercel.ts'

type Config = Parameters<typeof getTransformedRoutes>[0]
type SourceRoute = Extract<Route, { src: string }>

/** The parts of the schema of vercel.json that we write, as Vercel's own package has them; a property that is not in it is refused. */
const validate = new Ajv({ strictTypes: false, allowUnionTypes: true }).compile({
  type: 'object',
  additionalProperties: false,
  required: ['$schema', 'headers', 'rewrites'],
  properties: {
    $schema: { const: 'https://openapi.vercel.sh/vercel.json' },
    headers: headersSchema,
    rewrites: rewritesSchema,
  },
})

function configOf(manifest: DeliveryManifest): Config {
  const config: unknown = JSON.parse(vercel(manifest)[0]!.content)
  validate(config)
  expect(validate.errors ?? []).toEqual([])
  return config as Config
}

/** What Vercel makes of `vercel.json`: its routes, in order. */
function routesOf(manifest: DeliveryManifest): readonly SourceRoute[] {
  const { routes, error } = getTransformedRoutes(configOf(manifest))
  expect(error).toBeNull()
  return (routes ?? []).filter((route): route is SourceRoute => 'src' in route)
}

const takes = ({ src }: SourceRoute, path: string): boolean => new RegExp(src).test(path)

describe('vercel.json, as Vercel reads it', () => {
  it.each<[string, () => Promise<DeliveryFixture>]>([
    ['base /', () => writeDelivery(smallSite, smallSiteOptions)],
    ['base /app/', () => writeDelivery(smallSite, { ...smallSiteOptions, base: '/app/', documents: [] })],
    ['800 files', () => writeDelivery(manyFiles(800), { fallback: 'index.html' })],
  ])('gives every file the headers of the table, %s', async (_, write) => {
    const { manifest } = await write()
    const routes = routesOf(manifest).filter(({ headers }) => headers)
    for (const file of manifest.files) {
      const path = fileUrl(manifest.base, file.file)
      const met = routes.filter((route) => takes(route, path)).flatMap(({ headers }) => Object.entries(headers!))
      expect([path, Object.fromEntries(met)]).toEqual([path, wantedHeaders(manifest, file)])
      expect(met).toHaveLength(Object.keys(wantedHeaders(manifest, file)).length)
    }
  })

  it('sends the shell for routes, and nothing in place of a missing file', async () => {
    const { manifest } = await writeDelivery(smallSite, smallSiteOptions)
    const rewrites = routesOf(manifest).filter(({ dest }) => dest !== undefined)
    const to = (path: string): string | undefined => rewrites.find((route) => takes(route, path))?.dest
    expect([to('/'), to('/notes/7'), to('/assets/old.js')]).toEqual(['/index.html', '/index.html', undefined])
  })

  it('keeps characters that mean something in a source for themselves', async () => {
    const names = ['a:b.txt', 'a(b).txt', 'a+b.txt', 'a{1}.txt', '[a].txt', 'a$b.txt', 'a|b.txt', '*.txt']
    const { manifest } = await writeDelivery(Object.fromEntries(names.map((name) => [name, { content: name }])))
    const routes = routesOf(manifest)
    for (const name of names)
      expect([name, routes.some((route) => takes(route, fileUrl('/', name)))]).toEqual([name, true])
    expect(routes.some((route) => takes(route, '/ab.txt'))).toBe(false)
  })
})
