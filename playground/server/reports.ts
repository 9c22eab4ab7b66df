import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'

export const PAGES = { report: 'report.html', treemap: 'treemap.html' } as const

/** Shows the pages that the last build wrote about itself, if it wrote any. */
export function reportRoutes(app: FastifyInstance, directory: string): void {
  for (const [name, file] of Object.entries(PAGES)) {
    app.get(`/__paceline/${name}`, (_request, reply) => {
      const path = join(directory, file)
      if (!existsSync(path)) {
        return reply
          .code(404)
          .type('text/plain; charset=utf-8')
          .send(`There is no ${name} yet: build the playground with the paceline() plugin, and it will be here.\n`)
      }
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(createReadStream(path))
    })
  }
}
