import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Vite puts the hash of the content into every name below this folder, so a name never changes its bytes. */
const HASHED = /^assets[\\/]/

/**
 * Serves the built app: compressed siblings where the browser takes them, hashed files for ever, and `index.html` for
 * navigations only. A script or a picture that is not there is a 404, so that nobody parses HTML as JavaScript.
 */
export async function serveSite(app: FastifyInstance, dist: string): Promise<void> {
  const built = existsSync(join(dist, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root: dist,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', cachePolicy(relative(dist, path)))
      },
    })
  }

  app.setNotFoundHandler((request, reply) => {
    if (!isNavigation(request)) return missing(request, reply)
    if (!built) {
      return reply
        .code(503)
        .type('text/plain')
        .send('The app is not built yet. Run `npm run -w @paceline/playground build` first.\n')
    }
    return reply.sendFile('index.html')
  })
}

export function cachePolicy(file: string): string {
  if (HASHED.test(file)) return 'public, max-age=31536000, immutable'
  return /\.html(\.br|\.gz)?$/.test(file) ? 'no-cache' : 'public, max-age=3600'
}

/** A person opening a page: asks for HTML, at an address of the app that does not look like a file. */
function isNavigation(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0]!
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  if (path.startsWith('/api/') || path.startsWith('/assets/') || path.startsWith('/__paceline/')) return false
  if (/\.[a-z0-9]+$/i.test(path)) return false
  return (request.headers.accept ?? '*/*').includes('text/html')
}

function missing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = `${request.method} ${request.url.split('?')[0]} does not exist here.`
  return reply.code(404).header('cache-control', 'no-store').send({ statusCode: 404, error: 'Not Found', message })
}
