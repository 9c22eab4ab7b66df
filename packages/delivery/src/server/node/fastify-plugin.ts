import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { HandlerOptions } from './create-handler.ts'
import { deliverAnswer } from './handle-request.ts'
import { lazySite, type ManifestOrigin } from './lazy-site.ts'

/** What is used of a Fastify reply. */
interface Reply {
  readonly raw: ServerResponse | Http2ServerResponse
  getHeaders(): Record<string, number | string | string[] | undefined>
  callNotFound(): unknown
  hijack(): unknown
}

/** What is used of a Fastify instance; its own types are needed by nobody who does not use it. */
interface Instance {
  route(route: {
    method: string[]
    url: string
    exposeHeadRoute: boolean
    handler: (request: { raw: IncomingMessage | Http2ServerRequest }, reply: Reply) => Promise<unknown>
  }): unknown
}

/**
 * A Fastify plugin that delivers a build on the paths that have no route of their own. What is not a file of the site goes to the handler of
 * `setNotFoundHandler`.
 *
 * @throws `PACELINE_DELIVERY_MANIFEST` for an object that is none
 *
 * @example
 * ```ts
 * app.register(fastifyDelivery('.paceline/delivery/manifest.json', { dir: 'dist' }))
 * ```
 */
export function fastifyDelivery(
  manifest: ManifestOrigin,
  options: HandlerOptions,
): (instance: Instance, options: object) => Promise<void> {
  const site = lazySite(manifest, options)
  return async (instance) => {
    // A site that cannot be opened keeps the server from starting.
    await site.open()
    instance.route({
      method: ['GET', 'HEAD'],
      url: '/*',
      exposeHeadRoute: false,
      handler: async ({ raw }, reply) => {
        const open = await site.open()
        const answer = await open.answer({ method: raw.method ?? 'GET', url: raw.url ?? '/', headers: raw.headers })
        if (!answer) return reply.callNotFound()
        reply.hijack()
        // What hooks have set on the reply would be lost with it.
        for (const [name, value] of Object.entries(reply.getHeaders())) {
          if (value !== undefined) reply.raw.setHeader(name, value)
        }
        deliverAnswer(answer, raw, reply.raw, options)
        return undefined
      },
    })
  }
}
