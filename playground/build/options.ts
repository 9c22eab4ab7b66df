import type { BuildEnvironmentOptions } from 'vite'

/** How Lumen is built, beside the plugins. */
export const buildOptions: BuildEnvironmentOptions = { assetsInlineLimit: keepWasmFiles }

/** A module of WebAssembly is compiled while it arrives, which needs a file of its own, however small it is. */
export function keepWasmFiles(file: string): false | undefined {
  return file.endsWith('.wasm') ? false : undefined
}
