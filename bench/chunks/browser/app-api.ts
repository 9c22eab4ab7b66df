import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Api } from './serve-http2.ts'

export interface AppApi {
  readonly api: Api
  close(): void
}

/** What an app's pages ask for: its own server when it has one in `server/main.ts`, else an empty answer. */
export async function appApi(root: string): Promise<AppApi> {
  const server = join(root, 'server/main.ts')
  if (!existsSync(server)) {
    const body = Buffer.from('{"data":[]}')
    return { api: () => Promise.resolve({ type: 'application/json', body }), close: () => undefined }
  }
  const child = spawn(process.execPath, [server, '--port', '0'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(/https?:\/\/[^\s/]+/.exec(line)?.[0] ?? ''))
    child.once('exit', (code) => reject(new Error(`\`${server}\` ends at once; exit code ${code}. Start it by hand.`)))
  })
  return {
    async api(path) {
      const response = await fetch(new URL(path, address))
      const type = response.headers.get('content-type') ?? 'application/json'
      return { type, body: new Uint8Array(await response.arrayBuffer()) }
    },
    close: () => void child.kill('SIGTERM'),
  }
}
