import compress from '@fastify/compress'
import etag from '@fastify/etag'
import { errorCodes } from '@paceline/kit'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { apiRoutes, querySchema } from './api-routes.ts'
import type { Authorisation } from './authorise.ts'
import { DASHBOARD_HEADERS } from './dashboard-files.ts'
import type { DashboardFile } from './dashboard-files.ts'
import type { LiveTail } from './live-tail.ts'
import type { CollectorMetrics } from './metrics.ts'
import { API_PATH, openApi } from './openapi.ts'
import type { Service } from './service.ts'

export interface AppOptions {
  readonly service: Service
  readonly metrics: CollectorMetrics
  readonly tail: LiveTail
  readonly dashboard: ReadonlyMap<string, DashboardFile>
  readonly authorise: (request: IncomingMessage) => Authorisation
  /** Why no beacons can be taken now, in words that anybody may read; `undefined` when they can. */
  readonly notReady: () => Promise<string | undefined>
  readonly log: (entry: object) => void
  readonly now: () => number
}

/** What somebody asked for or sent, and not what went wrong here. */
const BAD_REQUESTS: ReadonlySet<string> = new Set(['PACELINE_RELEASE_INVALID', 'PACELINE_COLLECTOR_ROUTE'])
const DASHBOARD = '/__paceline/dashboard/'
const NOT_BUILT =
  'The dashboard is not built here. `npm run build` builds it; the API under /__paceline/api/ works without.\n'

/** Everything but the intake. Fastify checks what comes in by schema, compresses what goes out, and answers 304 where nothing changed. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { log, metrics, notReady } = options
  const app = Fastify({
    logger: false,
    bodyLimit: 1024,
    // A query is text: numbers in it are read as numbers, and what is not asked for is refused rather than dropped.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true } },
  })
  await app.register(compress, { encodings: ['br', 'gzip', 'identity'], threshold: 1024 })
  await app.register(etag, { replyWith304: true })
  app.setErrorHandler((error: Error & { readonly statusCode?: number }, _request, reply) => {
    const isOurs = errorCodes(error).some((code) => BAD_REQUESTS.has(code))
    const status = isOurs ? 400 : (error.statusCode ?? 500)
    if (status >= 500) log({ event: 'failure', message: error.message })
    void reply.code(status).send({ error: status >= 500 ? 'It could not be answered.' : error.message })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'There is nothing here.' }))
  app.addHook('onResponse', async (request, reply) => {
    const { url: route = 'none' } = request.routeOptions
    metrics.answered(route, reply.statusCode, reply.elapsedTime / 1000)
    log({
      event: 'request',
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    })
  })
  for (const prefix of ['', '/__paceline']) {
    app.get(`${prefix}/health/live`, async () => ({ status: 'live' }))
    app.get(`${prefix}/health/ready`, async (_request, reply) => {
      const reason = await notReady()
      reply.header('cache-control', 'no-store')
      return reason === undefined ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason })
    })
    app.get(`${prefix}/metrics`, { onRequest: guard(options) }, async (_request, reply) =>
      reply.type(metrics.contentType).send(await metrics.text()),
    )
  }
  addApi(app, options)
  addDashboard(app, options)
  await app.ready()
  return app
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

function guard({ authorise }: AppOptions): Hook {
  return async (request, reply) => {
    const answer = authorise(request.raw)
    if (answer === 'allowed') return undefined
    if (answer === 401) reply.header('www-authenticate', 'Bearer')
    return reply.code(answer).send({ error: REFUSALS[answer] })
  }
}

const REFUSALS = {
  401: 'A token is needed: `Authorization: Bearer …`.',
  403: 'Without a token only this machine may ask. Set PACELINE_COLLECTOR_TOKEN.',
  429: 'Too many wrong tokens. Try again in a minute.',
}

function addApi(app: FastifyInstance, options: AppOptions): void {
  const { service, tail, now } = options
  const routes = apiRoutes(service)
  const onRequest = guard(options)
  for (const route of routes) {
    app.route({
      method: route.method,
      url: `${API_PATH}${route.path}`,
      schema: { querystring: querySchema(route) },
      onRequest,
      ...(route.body === undefined ? {} : { bodyLimit: route.body }),
      async handler(request, reply) {
        const begin = performance.now()
        const query = request.query as Readonly<Record<string, unknown>>
        const { value, source } = await route.handle({ query, body: request.body }, now())
        const took = (performance.now() - begin).toFixed(1)
        return reply
          .header('server-timing', `answer;dur=${took};desc="${source}"`)
          .header('cache-control', 'private, no-cache')
          .send(value)
      },
    })
  }
  const description = openApi(routes)
  app.get(`${API_PATH}openapi.json`, { onRequest }, async () => description)
  app.get(`${API_PATH}live`, { onRequest }, async (_request, reply) => {
    if (!tail.add(reply.raw)) return reply.code(503).send({ error: 'Too many are watching.' })
    return reply.hijack()
  })
}

function addDashboard(app: FastifyInstance, { dashboard }: AppOptions): void {
  for (const url of ['/', '/__paceline', '/__paceline/', '/__paceline/dashboard'])
    app.get(url, async (_request, reply) => reply.redirect(DASHBOARD, 302))
  app.get<{ Params: { '*': string } }>(`${DASHBOARD}*`, async (request, reply) => {
    const file = dashboard.get(request.params['*'] || 'index.html')
    if (!file && dashboard.size === 0) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
    if (!file) return reply.callNotFound()
    return reply
      .headers(DASHBOARD_HEADERS)
      .header('cache-control', file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      .type(file.type)
      .send(file.body)
  })
}
