import { join } from 'node:path'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import etag from '@fastify/etag'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Collector } from '@paceline/collector'
import { collectorRoutes } from './collector.ts'
import type { Context } from './context.ts'
import { reportRoutes } from './reports.ts'
import { analyticsRoutes } from './routes/analytics.ts'
import { assetRoutes } from './routes/assets.ts'
import { eventRoutes } from './routes/events.ts'
import { noteRoutes } from './routes/notes.ts'
import { overviewRoutes } from './routes/overview.ts'
import { photoRoutes } from './routes/photos.ts'
import { projectRoutes } from './routes/projects.ts'
import { settingsRoutes } from './routes/settings.ts'
import { studioRoutes } from './routes/studio.ts'
import { serveSite } from './site.ts'

export interface AppOptions extends Context {
  /** Folder of the built app. */
  dist: string
  /** Folder of what Paceline writes about a build: pages, and what a server has to know of it. */
  reports: string
  /** Takes what visitors feel, and shows it. */
  collector?: Collector
}

/** The API of the studio and the site in front of it. The caller owns the database and closes it. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 2_000_000,
    // Fastify drops unknown properties by default; a misspelt one is an error that its sender wants to hear about.
    ajv: { customOptions: { removeAdditional: false } },
  })

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'same-origin')
  })
  // Kept by the visitor's own browser, which asks each time whether it still holds: what was seen is there without a network.
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'private, no-cache')
  })

  await app.register(async (api) => {
    // Files of the build are compressed already, by the build.
    await api.register(compress, {
      encodings: ['br', 'gzip', 'identity'],
      threshold: 1024,
      // An answer is compressed while somebody waits for it: 11, the default, takes longer than it saves.
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    })
    await api.register(etag, { replyWith304: true })
    api.get('/api/health', () => ({ status: 'ok' }))
    projectRoutes(api, options)
    photoRoutes(api, options)
    assetRoutes(api, options)
    noteRoutes(api, options)
    overviewRoutes(api, options)
    eventRoutes(api, options)
    analyticsRoutes(api, options)
    studioRoutes(api, options)
    settingsRoutes(api, options)
  })
  reportRoutes(app, options.reports)
  if (options.collector) collectorRoutes(app, options.collector)
  await serveSite(app, options.dist, join(options.reports, 'delivery/manifest.json'))
  return app
}
