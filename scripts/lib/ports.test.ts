import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { askedPort, pickPort } from './ports.ts'

const open: { close: () => void }[] = []
afterEach(() => open.splice(0).forEach((server) => server.close()))

async function takenPort(host?: string): Promise<number> {
  const server = createServer()
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return (server.address() as AddressInfo).port
}

describe('askedPort', () => {
  test.each([
    [['--port', '8080'], 8080],
    [['--port=0'], 0],
    [[], undefined],
    [['other'], undefined],
  ])('reads %j as %s', (args, port) => {
    expect(askedPort(args)).toBe(port)
  })

  test.each([[['--port']], [['--port', 'x']], [['--port=70000']]])('refuses %j', (args) => {
    expect(() => askedPort(args)).toThrow(/must be a number from 0 to 65535/)
  })
})

describe('pickPort', () => {
  test('takes the next one when the preferred port is taken, on IPv4 alone as well', async () => {
    const taken = await takenPort('127.0.0.1')
    expect(await pickPort(taken, undefined)).toBeGreaterThan(taken)
  })

  test('refuses a port that was asked for and is taken', async () => {
    const taken = await takenPort()
    await expect(pickPort(4173, taken)).rejects.toThrow(`received ${taken}`)
  })
})
