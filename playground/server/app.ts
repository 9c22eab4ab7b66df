import { join } from 'node:path'
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
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })

  app.get('/api/health', () => ({ status: 'ok' }))
  projectRoutes(app, options)
  photoRoutes(app, options)
  assetRoutes(app, options)
  noteRoutes(app, options)
  overviewRoutes(app, options)
  eventRoutes(app, options)
  analyticsRoutes(app, options)
  studioRoutes(app, options)
  settingsRoutes(app, options)
  reportRoutes(app, options.reports)
  if (options.collector) collectorRoutes(app, options.collector)
  await serveSite(app, options.dist, join(options.reports, 'delivery/manifest.json'))
  return app
}
