import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename } from 'node:path'
import type { Tarball } from './pack.ts'

/** Answers for `@paceline/*` as the public registry does once they are published; npm asks its own for all others. */
export interface ScopeRegistry {
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Starts a registry of tarballs: documents of packages, and the tarballs themselves.
 *
 * @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export async function startScopeRegistry(tarballs: readonly Tarball[]): Promise<ScopeRegistry> {
  const contents = new Map<string, Buffer>()
  for (const { file } of tarballs) contents.set(`/${basename(file)}`, await readFile(file))
  const server = createServer((request, response) => {
    // The port is another one's tomorrow: what npm keeps of it would be about another tarball.
    response.setHeader('cache-control', 'no-store')
    const path = decodeURIComponent(new URL(request.url ?? '/', origin()).pathname)
    const content = contents.get(path)
    if (content !== undefined) return void response.end(content)
    const tarball = tarballs.find(({ name }) => path === `/${name}`)
    if (tarball === undefined) return void response.writeHead(404).end('{"error":"not found"}')
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(packageDocument(tarball, origin(), contents)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin()}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function packageDocument({ name, manifest, file }: Tarball, origin: string, contents: ReadonlyMap<string, Buffer>) {
  const path = `/${basename(file)}`
  const integrity = `sha512-${createHash('sha512')
    .update(contents.get(path) ?? '')
    .digest('base64')}`
  return {
    name,
    'dist-tags': { latest: manifest.version },
    versions: { [manifest.version]: { ...manifest, dist: { tarball: `${origin}${path}`, integrity } } },
  }
}
