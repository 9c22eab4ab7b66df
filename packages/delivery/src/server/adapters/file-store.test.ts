import { expect, it, onTestFinished } from 'vitest'
import { writeDelivery } from '../../testing/delivery-fixture.ts'
import { ask } from '../../testing/request.ts'
import { startServer } from '../node/start-server.ts'

it('takes back into memory what was pushed out, once it is asked for again', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.txt`)
  const { dir, manifest } = await writeDelivery(
    Object.fromEntries(names.map((name) => [name, { content: name.repeat(600) }])),
  )
  // Four of the six have room.
  const server = await startServer(manifest, { dir, port: 0, memory: 24_000, recheck: 150 })
  onTestFinished(() => server.close())
  const sourceOf = async (name: string): Promise<string> => {
    const { headers, body } = await ask(server.url, `/${name}`)
    expect(body.toString()).toBe(name.repeat(600))
    return String(headers['server-timing'])
  }
  for (const name of names) await sourceOf(name)
  for (const name of [...names, ...names])
    await expect.poll(() => sourceOf(name), { interval: 20, timeout: 5000 }).toBe('memory')
})
