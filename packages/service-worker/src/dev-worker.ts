import type { ViteDevServer } from 'vite'
import { workerPlace } from './core/urls.ts'
import { makeWorker } from './make-worker.ts'
import type { ResolvedServiceWorkerOptions } from './resolve-options.ts'

/** Serves a worker that has the strategies of the build, and stores nothing beforehand: sources change all the time. */
export function serveInDev(
  server: ViteDevServer,
  options: ResolvedServiceWorkerOptions,
  findVite: () => Promise<typeof import('vite')>,
): void {
  const path = workerPlace(server.config.base).scope.replace(/^\.\//, '/') + options.filename
  let code: Promise<string> | undefined
  server.middlewares.use((request, response, next) => {
    if (request.url?.split('?')[0] !== path) return next()
    code ??= findVite().then(async (vite) => {
      const [script] = await makeWorker({
        vite,
        config: server.config,
        minify: false,
        // A page from the cache would be that of before the last change.
        options: { ...options, inlineRuntime: true, worker: { ...options.worker, pages: false } },
        files: {
          list: { precache: [], later: [] },
          manifest: [],
          fileOf: new Map(),
          shell: undefined,
          documents: undefined,
        },
      })
      return script!.code
    })
    code.then((text) => response.setHeader('content-type', 'text/javascript').end(text), next)
  })
}
