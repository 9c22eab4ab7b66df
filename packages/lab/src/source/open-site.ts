import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { startServer } from '@paceline/delivery/server'
import { labError } from '../errors.ts'
import { startCommand } from './start-command.ts'

/** A build that can be visited. */
export interface OpenSite {
  /** What the user called it. */
  readonly name: string
  /** Without a path. */
  readonly url: string
  close(): Promise<void>
}

export interface SiteRequest {
  /** An address, or a directory that an app was built to. */
  readonly given: string
  /** Where relative directories begin. */
  readonly cwd: string
  /** Shell command of a server of the app's own, with `{dist}` for the directory and `{name}` for its last part. @default Paceline's production server */
  readonly serve?: string | undefined
  /** Absolute path of the delivery manifest of that build. @default made from the directory */
  readonly manifest?: string | undefined
}

/**
 * Makes a build visitable.
 *
 * @throws `PACELINE_LAB_NOT_A_SITE`, `PACELINE_LAB_SERVE`
 */
export async function openSite({ given, cwd, serve, manifest }: SiteRequest): Promise<OpenSite> {
  if (isAddress(given) && URL.canParse(given)) {
    return { name: given, url: new URL(given).origin, close: async () => undefined }
  }
  const dir = resolve(cwd, given)
  if (!existsSync(join(dir, 'index.html'))) throw labError('PACELINE_LAB_NOT_A_SITE', [given])
  if (serve !== undefined) {
    const { url, close } = await startCommand(serve.replaceAll('{dist}', dir).replaceAll('{name}', basename(dir)), cwd)
    return { name: given, url, close }
  }
  const server = await startServer(manifest, { dir, port: 0, serverTiming: false })
  return { name: given, url: new URL(server.url).origin, close: () => server.close() }
}

export function isAddress(given: string): boolean {
  return /^https?:\/\//.test(given)
}
