import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * A way to a server that lets answers through late, or never.
 *
 * @returns the port
 */
export async function relay(port: number, delay: number): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const onward = connect(port, '127.0.0.1')
    for (const one of [socket, onward]) {
      sockets.add(one)
      one.on('error', () => {})
    }
    socket.pipe(onward)
    if (delay === Infinity) return
    onward.on('data', (chunk) => void setTimeout(() => socket.writable && socket.write(chunk), delay))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return (server.address() as AddressInfo).port
}
