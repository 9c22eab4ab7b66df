import type { AddressInfo } from 'node:net'
import type { InlineConfig, ViteDevServer } from 'vite'
import { onTestFinished } from 'vitest'
import { loadVite, memoryLogger, type BuildLog, type BuildRequest } from './build.ts'

export interface TestServer {
  readonly server: ViteDevServer
  /** Where it listens, without `base` and without a slash at the end. */
  readonly origin: string
  readonly log: BuildLog
}

/** Starts `vite` in this process, on a free port, without any config file. The server ends with the test. */
export async function startServer({ vite, root, plugins, config = {} }: BuildRequest): Promise<TestServer> {
  const { createServer, mergeConfig } = await loadVite(vite)
  const { log, logger } = memoryLogger()
  const base: InlineConfig = {
    root,
    configFile: false,
    customLogger: logger,
    plugins: [plugins],
    // No port of its own for the socket, which would be the same in every test; nothing to bundle beforehand.
    server: { host: '127.0.0.1', port: 0, strictPort: false },
    optimizeDeps: { noDiscovery: true },
  }
  const server = (await createServer(mergeConfig(base, config))) as ViteDevServer
  onTestFinished(() => server.close())
  await server.listen()
  const { port } = server.httpServer!.address() as AddressInfo
  return { server, origin: `http://127.0.0.1:${port}`, log }
}
