import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { freePort, startNginx } from '@paceline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeDelivery } from '../../testing/delivery-fixture.ts'
import { resolveTargetOptions, type TargetOptions } from '../target-options.ts'
import { nginx } from './nginx.ts'

/** A collector that answers with its name, or breaks off when it has none, and where it is. */
async function collector(name: string | undefined): Promise<string> {
  const server = createServer((asked, response) => void (name === undefined ? asked.destroy() : response.end(name)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A site in front of collectors. */
async function serve(collectors: readonly string[], sticky: TargetOptions['sticky']): Promise<number> {
  const { dir, manifest } = await writeDelivery({ 'index.html': { content: 'Shell' } }, { fallback: 'index.html' })
  const [http, server] = nginx(manifest, resolveTargetOptions({ root: dir, collectors, sticky }))
  return (await startNginx({ http: http!.content, server: server!.content })).port
}

interface Visitor {
  readonly cookie?: string
  /** Address that the visitor comes from, of this machine. */
  readonly from?: string
}

/** Name of the collector that got a visitor's beacon, or what came in its place. */
function beacon(port: number, { cookie, from }: Visitor): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        path: '/__paceline/collect',
        method: 'POST',
        agent: false,
        ...(from === undefined ? {} : { localAddress: from }),
        headers: cookie === undefined ? {} : { cookie: `theme=dark; visitor=${cookie}` },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('end', () => resolve(response.statusCode === 200 ? text : `${response.statusCode} ${text}`))
      },
    )
    sent.on('error', reject)
    sent.end('{}')
  })
}

/** The collectors that got beacons of a visitor, in turn. */
async function beacons(port: number, visitor: Visitor, count = 4): Promise<string[]> {
  const reached: string[] = []
  while (reached.length < count) reached.push(await beacon(port, visitor))
  return reached
}

/** So many that chance leaves no collector without one. */
const VISITORS = Array.from({ length: 60 }, (_, index) => index + 1)

describe('collectors behind nginx', () => {
  it.each<[string, TargetOptions['sticky'], (index: number) => Visitor]>([
    // Of an address nginx takes the first three numbers.
    ['by address', 'ip', (index) => ({ from: `127.0.${index}.1` })],
    ['by cookie', { cookie: 'visitor' }, (index) => ({ cookie: `visitor-${index}` })],
  ])('keep a visitor each, %s, and have all of them visitors', async (_, sticky, visitorOf) => {
    const names = ['one', 'two', 'three']
    const port = await serve(await Promise.all(names.map(collector)), sticky)
    const reached = new Set<string>()
    for (const index of VISITORS) {
      const [first, ...others] = await beacons(port, visitorOf(index))
      expect([index, ...new Set(others)]).toEqual([index, first])
      reached.add(first!)
    }
    expect([...reached].sort()).toEqual(names.toSorted())
  })

  it('share the beacons of one visitor when they need not be sticky', async () => {
    const names = ['one', 'two', 'three']
    const port = await serve(await Promise.all(names.map(collector)), false)
    expect([...new Set(await beacons(port, { cookie: 'visitor-1' }))].sort()).toEqual(names.toSorted())
  })

  const gone = async (): Promise<string> => `127.0.0.1:${await freePort()}`
  const breaksOff = async (): Promise<string> => collector(undefined)
  it.each<[string, () => Promise<string>, TargetOptions['sticky']]>([
    ['is not there', gone, false],
    ['is not there', gone, 'ip'],
    ['is not there', gone, { cookie: 'visitor' }],
    ['breaks off', breaksOff, false],
    ['breaks off', breaksOff, 'ip'],
    ['breaks off', breaksOff, { cookie: 'visitor' }],
  ])('lose no beacon when one of them %s, sticky: $2', async (_, broken, sticky) => {
    const port = await serve([await broken(), await collector('alive')], sticky)
    for (const index of VISITORS) {
      const visitor = { cookie: `visitor-${index}`, from: `127.0.${index}.1` }
      expect([index, await beacon(port, visitor)]).toEqual([index, 'alive'])
    }
  })
})
