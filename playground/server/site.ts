import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fastifyDelivery } from '@paceline/delivery/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What is below these is never a page of the app. */
const NO_PAGES = ['/api/*', '/__paceline/*']

/**
 * Serves the built app as its delivery manifest says; a script or a picture that is not there is a 404, so that nobody parses HTML as JavaScript.
 *
 * @param manifest where the build has written it; a build of another tool has none
 */
export async function serveSite(app: FastifyInstance, dist: string, manifest: string): Promise<void> {
  app.setNotFoundHandler(missing)
  for (const url of NO_PAGES) app.all(url, (_request, reply) => reply.callNotFound())
  if (!existsSync(join(dist, 'index.html'))) {
    app.get('/*', (_request, reply) =>
      reply
        .code(503)
        .type('text/plain')
        .send('The app is not built yet. Run `npm run -w @paceline/playground build` first.\n'),
    )
    return
  }
  await app.register(fastifyDelivery(existsSync(manifest) ? manifest : undefined, { dir: dist }))
}

function missing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = `${request.method} ${request.url.split('?')[0]} does not exist here.`
  return reply.code(404).header('cache-control', 'no-store').send({ statusCode: 404, error: 'Not Found', message })
}
