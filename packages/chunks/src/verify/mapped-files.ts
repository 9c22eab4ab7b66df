import type { Rollup } from 'vite'

/**
 * Name by which chunks import another → its file, from Vite's import maps, which lie in the bundle as JSON until it is written. Both are
 * relative to the output directory: addresses have the same beginning, the base of the app.
 */
export function mappedFiles(bundle: Rollup.OutputBundle): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const output of Object.values(bundle)) {
    if (output.type !== 'asset' || !output.fileName.endsWith('.json')) continue
    for (const [name, address] of Object.entries(importsOf(output.source))) {
      const file = typeof address === 'string' ? fileAt(address, bundle) : undefined
      const base = file === undefined ? undefined : (address as string).slice(0, -file.length)
      if (file !== undefined && base !== undefined && name.startsWith(base)) files.set(name.slice(base.length), file)
    }
  }
  return files
}

function importsOf(source: string | Uint8Array): object {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source)
  if (!text.includes('"imports"')) return {}
  try {
    const { imports } = JSON.parse(text) as { imports?: unknown }
    return typeof imports === 'object' && imports !== null && !Array.isArray(imports) ? imports : {}
  } catch {
    // Assets of the app may be called anything.
    return {}
  }
}

/** The chunk that an address ends with. */
function fileAt(address: string, bundle: Rollup.OutputBundle): string | undefined {
  for (let from = 0; from !== -1; from = address.indexOf('/', from) + 1 || -1) {
    const file = address.slice(from)
    if (bundle[file]?.type === 'chunk') return file
  }
  return undefined
}
