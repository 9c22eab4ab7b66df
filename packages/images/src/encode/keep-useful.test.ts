import { describe, expect, test } from 'vitest'
import { keepUseful, type Rung } from './keep-useful.ts'

interface File {
  readonly name: string
  readonly width: number
  readonly size: number
}

const rung = (format: string, sizes: Readonly<Record<number, number>>): Rung<File> => ({
  format,
  files: Object.entries(sizes).map(([width, size]) => ({ name: `${format} ${width}`, width: Number(width), size })),
})

const names = (rungs: readonly Rung<File>[]): Record<string, string[]> =>
  Object.fromEntries(rungs.map(({ format, files }) => [format, files.map(({ name }) => name)]))

describe('keepUseful', () => {
  test('keeps everything when every better format is smaller', () => {
    const rungs = [
      rung('avif', { 480: 10, 960: 30 }),
      rung('webp', { 480: 15, 960: 40 }),
      rung('jpeg', { 480: 20, 960: 50 }),
    ]
    expect(keepUseful(rungs)).toEqual(rungs)
  })

  test('serves the lesser format at a width where the better one is larger', () => {
    const rungs = [rung('avif', { 480: 16, 960: 30 }), rung('webp', { 480: 15, 960: 40 })]
    expect(names(keepUseful(rungs))).toEqual({ avif: ['webp 480', 'avif 960'], webp: ['webp 480', 'webp 960'] })
  })

  test('drops a format that is nowhere smaller', () => {
    const rungs = [rung('avif', { 480: 16, 960: 45 }), rung('webp', { 480: 15, 960: 40 })]
    expect(names(keepUseful(rungs))).toEqual({ webp: ['webp 480', 'webp 960'] })
  })

  test('drops a width that costs more than a wider one', () => {
    const palette = rung('png', { 480: 900, 960: 1200, 1600: 800 })
    expect(names(keepUseful([palette]))).toEqual({ png: ['png 1600'] })
  })

  test('replaces a small file by a wider one of a lesser format that costs less', () => {
    const rungs = [rung('webp', { 480: 900, 1600: 700 }), rung('png', { 1600: 800 })]
    expect(names(keepUseful(rungs))).toEqual({ webp: ['webp 1600'], png: ['png 1600'] })
  })

  test('never makes a browser download more than without the better format, whatever the sizes', () => {
    let seed = 7
    const random = (): number => (seed = (seed * 48271) % 2147483647) % 100
    for (let round = 0; round < 500; round++) {
      const sizes = (): Record<number, number> => ({ 480: random(), 960: random(), 1600: random() })
      const all = [rung('avif', sizes()), rung('webp', sizes()), rung('jpeg', sizes())]
      const kept = keepUseful(all)
      const served = (rungs: readonly Rung<File>[], width: number): number =>
        rungs[0]!.files.find((file) => file.width >= width)!.size
      for (const width of [480, 960, 1600]) {
        for (const fewer of [1, 2]) {
          const without = keepUseful(all.slice(fewer))
          expect(served(kept, width)).toBeLessThanOrEqual(served(without, width))
        }
      }
    }
  })
})
