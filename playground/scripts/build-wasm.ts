import { readFileSync, writeFileSync } from 'node:fs'
import wabt from 'wabt'

const SOURCE = new URL('../src/pages/darkroom/filters.wat', import.meta.url)
const TARGET = new URL('../src/pages/darkroom/filters.wasm', import.meta.url)

/** Compiles the darkroom's filters from WebAssembly text. The result is committed; a test keeps the two in step. */
export async function compileFilters(): Promise<Uint8Array> {
  const { parseWat } = await wabt()
  const module = parseWat('filters.wat', readFileSync(SOURCE, 'utf8'))
  module.validate()
  const { buffer } = module.toBinary({})
  module.destroy()
  return buffer
}

if (import.meta.main) writeFileSync(TARGET, await compileFilters())
