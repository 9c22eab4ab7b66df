import { vitals, type VitalsOptions } from '@paceline/vitals'
import { createServer } from 'vite'

/** Serves an app while it is developed. */
export async function developed(
  root: string,
  options: VitalsOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: vitals(options),
    oxc: { jsx: { runtime: 'classic', pragma: 'h' } },
    server: { host: '127.0.0.1', port: 0 },
    optimizeDeps: { noDiscovery: true },
  })
  await server.listen()
  return { url: server.resolvedUrls!.local[0]!.replace(/\/$/, ''), close: () => server.close() }
}
