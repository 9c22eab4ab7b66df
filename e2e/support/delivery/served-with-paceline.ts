import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Site } from '../serve-site.ts'

/** The command `paceline`. */
export const command: string = join(
  dirname(createRequire(import.meta.url).resolve('paceline/package.json')),
  'bin/paceline.js',
)

/** `paceline serve` of an app, in a process of its own. */
export async function servedWithPaceline(root: string, flags: readonly string[] = []): Promise<Site> {
  const server = spawn(
    process.execPath,
    [command, 'serve', 'dist', '--root', root, '--port', '0', '--json', ...flags],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  server.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString()))
  const ended = once(server, 'close')
  const [line] = (await Promise.race([
    once(createInterface({ input: server.stdout }), 'line'),
    ended.then(() => Promise.reject(new Error(`\`paceline serve\` ended before it was ready: ${said}`))),
  ])) as [string]
  const { url } = JSON.parse(line) as { url: string }
  return {
    url: url.replace(/\/$/, ''),
    async close() {
      server.kill('SIGTERM')
      await ended
    },
  }
}
