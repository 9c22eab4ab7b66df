import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Site } from '../serve-site.ts'

const SERVER = fileURLToPath(new URL('../../../playground/server/main.ts', import.meta.url))
/** Two servers have the same data when it counts from the same day. */
const DAY = '2026-11-20'

/** Starts the playground's own server on another build of it. What Paceline has written is about that of the playground itself. */
export async function servePlayground(dist: string): Promise<Site> {
  const own = ['--dist', dist, '--reports', `${dist}-reports`, '--beacons', `${dist}-beacons`]
  const server = spawn(process.execPath, [SERVER, '--port', '0', '--json', '--now', DAY, ...own], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const { url } = JSON.parse(line.toString()) as { url: string }
  return {
    url,
    async close() {
      server.kill('SIGTERM')
      await once(server, 'exit')
    },
  }
}
