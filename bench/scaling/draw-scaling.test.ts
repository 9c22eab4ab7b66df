import { describe, expect, test } from 'vitest'
import { drawScaling } from './draw-scaling.ts'

const point = (x: number, y: number) => ({ x, y, low: y * 0.9, high: y * 1.1 })

describe('drawScaling', () => {
  const svg = drawScaling({
    title: 'CPU & modules',
    x: 'modules',
    y: 's',
    series: [{ name: 'cold', points: [100, 1000, 10_000].map((x) => point(x, x / 50)) }],
  })

  test('says the slope of a line', () => {
    expect(svg).toContain('cold: slope 1.00, R² 1.00')
  })

  test('puts equal factors at equal distances', () => {
    const [a, b, c] = [...svg.matchAll(/<circle[^>]*cx="([\d.]+)"/g)].map(([, x]) => Number(x)) as [
      number,
      number,
      number,
    ]
    expect(b - a).toBeCloseTo(c - b, 0)
    const ys = [...svg.matchAll(/<circle[^>]*cy="([\d.]+)"/g)].map(([, y]) => Number(y)) as [number, number, number]
    expect(ys[0]).toBeGreaterThan(ys[2])
  })

  test('escapes what is written into it', () => {
    expect(svg).toContain('CPU &amp; modules')
  })

  test('refuses to draw nothing', () => {
    expect(() => drawScaling({ title: 'x', x: '', y: '', series: [{ name: 'a', points: [point(0, -1)] }] })).toThrow(
      /no point that is positive/,
    )
  })
})
