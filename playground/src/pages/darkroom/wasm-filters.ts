import type { Filters, Pixels } from './javascript-filters.ts'

/** What filters.wat exports. */
interface FilterExports {
  memory: WebAssembly.Memory
  grayscale(width: number, height: number): void
  edges(width: number, height: number): void
  blur(width: number, height: number, radius: number): void
}

const PAGE = 65_536

/** Wraps the compiled filters: pixels in, new pixels out. The memory grows with the largest picture. */
export function wrapFilters(instance: WebAssembly.Instance): Filters {
  const exports = instance.exports as unknown as FilterExports
  const through = (source: Pixels, work: () => void): Pixels => {
    const missing = source.length * 2 - exports.memory.buffer.byteLength
    if (missing > 0) exports.memory.grow(Math.ceil(missing / PAGE))
    const memory = new Uint8ClampedArray(exports.memory.buffer)
    memory.set(source)
    work()
    return memory.slice(source.length, source.length * 2)
  }
  return {
    grayscale: (source, width, height) => through(source, () => exports.grayscale(width, height)),
    edges: (source, width, height) => through(source, () => exports.edges(width, height)),
    blur: (source, width, height, radius) => through(source, () => exports.blur(width, height, radius)),
  }
}
