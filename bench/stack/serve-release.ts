import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSite } from '@paceline/lab'
import { loadSetup } from './load-setup.ts'
import { passTo } from './pass-to.ts'
import type { Release } from './releases.ts'

export interface ServedRelease {
  /** Without a path. */
  readonly url: string
  close(): Promise<void>
}

const COMMAND = fileURLToPath(new URL('../../packages/paceline/bin/paceline.js', import.meta.url))
const NODE = `"${process.execPath}"`

/**
 * Serves a release as its stack does. What an app asks of its API is answered alike in front of each: by the playground's own server, or with an
 * empty list.
 */
export async function serveRelease(root: string, release: Release): Promise<ServedRelease> {
  const own = join(root, 'server/main.ts')
  const hasApi = existsSync(own)
  if (release.variant === 'paceline' && hasApi) return serveWithOwnServer(root, own, release)
  const api = hasApi ? await serveWithOwnServer(root, own, release) : undefined
  const stack = release.variant === 'paceline' ? await serveWithPaceline(root, release) : undefined
  const files = stack ? passTo(stack.url) : await sirvOf(release)
  const front = await listen(answerApi(files, api && passTo(api.url)))
  return { url: front.url, close: async () => void (await Promise.all([front, api, stack].map((one) => one?.close()))) }
}

/** It is made of the parts of `paceline serve`, with an API and a collector. */
function serveWithOwnServer(root: string, server: string, { dist, reports }: Release): Promise<ServedRelease> {
  const serve = `${NODE} "${server}" --port 0 --dist "{dist}" --reports "${reports}" --beacons "${beaconsOf(dist)}"`
  return openSite({ given: dist, cwd: root, serve })
}

function serveWithPaceline(root: string, { dist, reports }: Release): Promise<ServedRelease> {
  const collector = `--collect --beacons "${beaconsOf(dist)}"`
  const serve = `${NODE} "${COMMAND}" serve "{dist}" --port 0 --reports "${reports}" ${collector}`
  return openSite({ given: dist, cwd: root, serve })
}

function beaconsOf(dist: string): string {
  return join(dist, '../beacons')
}

async function sirvOf({ dist, variant }: Release): Promise<RequestListener> {
  const { servePeers } = await loadSetup('serve-peers')
  const server = servePeers(dist, variant === 'peers')
  return (request, response) => void server.emit('request', request, response)
}

function answerApi(files: RequestListener, api: RequestListener | undefined): RequestListener {
  return (request, response) => {
    if (request.url?.startsWith('/api/') !== true) return files(request, response)
    if (api) return api(request, response)
    return response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}')
  }
}

async function listen(listener: RequestListener): Promise<ServedRelease> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
