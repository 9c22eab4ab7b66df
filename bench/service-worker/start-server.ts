import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Server {
  readonly url: string
  close(): void
}

/** The app's own server for a release in a folder. */
export async function startServer(app: string, folder: string): Promise<Server> {
  const places = ['dist', 'reports', 'beacons'].flatMap((name) => [`--${name}`, join(folder, name)])
  const child = spawn(process.execPath, [join(app, 'server/main.ts'), '--port', '0', ...places], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(/https?:\/\/[^\s/]+/.exec(line)?.[0] ?? ''))
    child.once('exit', (code) => reject(new Error(`The server of '${app}' ended at once; exit code ${code}.`)))
  })
  return { url, close: () => void child.kill('SIGTERM') }
}
