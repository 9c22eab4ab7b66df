import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Beacon } from '@paceline/kit'

export interface BeaconSink {
  /** Of another origin than any page. */
  readonly endpoint: string
  /** In the order in which they came. */
  readonly beacons: readonly Beacon[]
  close(): Promise<void>
}

/** An endpoint that remembers what pages say, for sites whose server is not the test's own. */
export async function openBeaconSink(): Promise<BeaconSink> {
  const beacons: Beacon[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += String(part)
    if (request.method === 'POST') beacons.push(...([JSON.parse(body)] as (Beacon | Beacon[])[]).flat())
    response.writeHead(204, { 'access-control-allow-origin': '*' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/beacon`,
    beacons,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
