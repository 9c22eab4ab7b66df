import { expect, it } from 'vitest'
import { Room } from './room.ts'

it('Room lets in what fits, in order, and what is too large alone', async () => {
  const room = new Room(10)
  const inside: string[] = []
  const enter = (name: string, bytes: number): { done: Promise<void>; leave: () => void } => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const work = async (): Promise<void> => {
      inside.push(name)
      await promise
      inside.splice(inside.indexOf(name), 1)
    }
    return { done: room.enter(bytes, work), leave: resolve }
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  const [a, b, huge, c, empty] = [enter('a', 4), enter('b', 6), enter('huge', 99), enter('c', 1), enter('empty', 0)]
  await settled()
  expect(inside).toEqual(['a', 'b'])
  a.leave()
  await settled()
  expect(inside).toEqual(['b'])
  b.leave()
  await settled()
  expect(inside).toEqual(['huge'])
  huge.leave()
  await settled()
  expect(inside).toEqual(['c', 'empty'])
  c.leave()
  empty.leave()
  await Promise.all([a, b, huge, c, empty].map(({ done }) => done))
  await expect(room.enter(99, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await room.enter(99, async () => 'again')).toBe('again')
})
