import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stripVTControlCharacters } from 'node:util'
import { start } from '../../scripts/lib/run.ts'
import { userEnvironment } from './install-app.ts'

export interface ServedApp {
  /** Without a slash at the end. */
  readonly url: string
  readonly stop: () => Promise<void>
}

/**
 * Serves a built app with `paceline serve`, or with a server of its own.
 *
 * @param script of the installed `paceline`, or the app's own server; absolute
 * @param address how it prints its address; a line by itself
 * @throws {Error} when it ends before it has printed its address
 */
export async function serveApp(
  root: string,
  script: string,
  args: readonly string[],
  address = /^(.*)$/,
): Promise<ServedApp> {
  const child = start(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...userEnvironment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const exit = once(child, 'close')
  const line = new Promise<string | undefined>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const found = address.exec(stripVTControlCharacters(text))?.[1]
      if (found !== undefined) resolve(found)
    })
  })
  const url = await Promise.race([line, exit.then(() => undefined)])
  if (url === undefined) throw new Error(`${script} ${args.join(' ')} ended without an address:\n${said}`)
  return {
    url: url.replace(/\/$/, ''),
    async stop() {
      child.kill()
      await exit
    },
  }
}

/** The script behind the command `paceline`, wherever npm has put it. */
export function pacelineScript(folder: string): string {
  return join(folder, 'node_modules/paceline/bin/paceline.js')
}
