import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCollector, type Collector, type CollectorOptions } from '@paceline/collector'
import type { FastifyInstance } from 'fastify'
import { PAGES } from './reports.ts'

/** Two studios may run at once, but a directory belongs to one collector: the second keeps what it hears until it ends. */
export async function openCollector(options: CollectorOptions): Promise<Collector> {
  try {
    return await createCollector(options)
  } catch (error) {
    if ((error as { code?: string }).code !== 'PACELINE_COLLECTOR_IN_USE') throw error
    process.stderr.write(`${(error as Error).message} This one starts empty.\n`)
    return createCollector({ ...options, dir: await mkdtemp(join(tmpdir(), 'lumen-')) })
  }
}

/** The collector reads requests itself, before anybody parses them. The pages of the build beside it are not its own. */
export function collectorRoutes(app: FastifyInstance, collector: Collector): void {
  const others = new Set(Object.keys(PAGES).map((name) => `/__paceline/${name}`))
  app.addHook('onRequest', async (request, reply) => {
    if (!collector.owns(request.url) || others.has(request.url.split('?')[0]!)) return
    reply.hijack()
    collector.handler(request.raw, reply.raw)
  })
}
