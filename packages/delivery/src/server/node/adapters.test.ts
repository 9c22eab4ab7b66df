import type { AddressInfo } from 'node:net'
import express from 'express'
import { fastify } from 'fastify'
import { Hono } from 'hono'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smallSite, smallSiteOptions, writeDelivery } from '../../testing/delivery-fixture.ts'
import { ask } from '../../testing/request.ts'
import { createHandler } from './create-handler.ts'
import { fastifyDelivery } from './fastify-plugin.ts'
import { honoDelivery } from './fetch-handler.ts'

const SCRIPT = '/assets/index-AAAA1111.js'
const PAGE = { accept: 'text/html' }

interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

type Ask = (path: string, headers?: Record<string, string>, method?: string) => Promise<Answered>

const film = { content: 'x'.repeat(9_000_000) }

async function delivery(): Promise<Awaited<ReturnType<typeof writeDelivery>>> {
  return writeDelivery({ ...smallSite, 'film.mp4': film }, smallSiteOptions)
}

function overHttp(url: string): Ask {
  return async (path, headers = {}, method = 'GET') => {
    const { status, headers: answered, body } = await ask(url, path, { headers, method })
    return { status, headers: answered, text: body.toString('latin1') }
  }
}

async function inExpress(): Promise<Ask> {
  const { dir, manifest } = await delivery()
  const app = express()
  app.get('/api/hello', (_request, response) => void response.send('from the API'))
  app.use(createHandler(manifest, { dir }))
  const server = app.listen(0)
  onTestFinished(() => void server.close())
  return overHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

async function inFastify(): Promise<Ask> {
  const { dir, manifest } = await delivery()
  const app = fastify()
  app.addHook('onRequest', async (_request, reply) => void reply.header('x-hook', 'kept'))
  app.get('/api/hello', async () => 'from the API')
  await app.register(fastifyDelivery(manifest, { dir }))
  onTestFinished(() => app.close())
  return overHttp(await app.listen({ port: 0 }))
}

async function inHono(): Promise<Ask> {
  const { dir, manifest } = await delivery()
  const app = new Hono()
  app.get('/api/hello', (context) => context.text('from the API'))
  app.use('*', honoDelivery(manifest, { dir }))
  return async (path, headers = {}, method = 'GET') => {
    const response = await app.request(path, { headers, method })
    const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
    return { status: response.status, headers: Object.fromEntries(response.headers), text }
  }
}

describe.each([
  ['Express', inExpress],
  ['Fastify', inFastify],
  ['Hono', inHono],
])('behind %s', (name, start) => {
  it('delivers files with their policy, encoding, parts and conditions', async () => {
    const get = await start()
    const { status, headers, text } = await get(SCRIPT, { 'accept-encoding': 'br' })
    expect([status, headers['content-encoding'], headers['cache-control']]).toEqual([
      200,
      'br',
      'public, max-age=31536000, immutable',
    ])
    expect(text.length).toBe(Number(headers['content-length']))
    expect((await get(SCRIPT, { 'accept-encoding': 'br', 'if-none-match': String(headers['etag']) })).status).toBe(304)
    expect((await get('/robots.txt', { range: 'bytes=0-3' })).text).toBe('User')
    expect((await get('/film.mp4')).text).toBe(film.content)
    expect((await get('/robots.txt', {}, 'HEAD')).text).toBe('')
    if (name === 'Fastify') expect(headers['x-hook']).toBe('kept')
  })

  it('leaves routes to the app, and what is not there to its handler', async () => {
    const get = await start()
    expect((await get('/api/hello', PAGE)).text).toBe('from the API')
    expect((await get('/api/unknown', { accept: 'application/json' })).status).toBe(404)
    expect((await get('/notes/1', PAGE)).headers['link']).toContain('modulepreload')
    expect((await get('/assets/gone.js', PAGE)).text).toContain('nothing at this address')
  })
})

describe('createHandler', () => {
  it('knows its base when Express cuts it off, and does without one', async () => {
    const { dir, manifest } = await writeDelivery(smallSite, { ...smallSiteOptions, base: '/app/' })
    const app = express()
    app.use('/app', createHandler(manifest, { dir }))
    app.use('/also', createHandler({ ...manifest, base: '/also/' }, { dir }))
    const server = app.listen(0)
    onTestFinished(() => void server.close())
    const get = overHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    expect((await get(`/app${SCRIPT}`)).status).toBe(200)
    expect((await get('/app?x=1', PAGE)).headers['location']).toBe('/app/?x=1')
    expect((await get('/also/some/route', PAGE)).status).toBe(200)
    expect((await get(SCRIPT)).status).toBe(404)
  })

  it('says what is wrong with a manifest at once, and with its file to the first request', async () => {
    const { dir, manifest } = await delivery()
    const evil = { ...manifest, policies: { immutable: { 'x-a': 'b\r\nset-cookie: c' } } }
    expect(() => createHandler(evil, { dir })).toThrow(expect.objectContaining({ code: 'PACELINE_DELIVERY_MANIFEST' }))
    const outside = { ...manifest, files: [{ ...manifest.files[0]!, file: '../secret.txt' }] }
    expect(() => createHandler(outside, { dir })).toThrow(
      expect.objectContaining({ code: 'PACELINE_DELIVERY_MANIFEST' }),
    )
    const handle = createHandler(`${dir}/nowhere.json`, { dir })
    const error = await new Promise((done) => handle({ headers: {} } as never, {} as never, done))
    expect(error).toMatchObject({ code: 'PACELINE_DELIVERY_MANIFEST' })
  })
})
