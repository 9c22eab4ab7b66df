import type { InlineConfig } from 'vite'

/** A small app whose options for chunks break it, or nearly do. */
export interface ChunkedApp {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Group → pattern for the ids of its modules, in the order in which they are asked. */
  readonly groups: Readonly<Record<string, RegExp>>
  /** Whether a group pulls in what its modules import, as both bundlers do by themselves. */
  readonly recursive: boolean
  /** Further options for the groups of Rolldown; an app with them is for Vite 8 alone. */
  readonly rolldown?: Readonly<Record<string, unknown>>
  /** Codes that the verifier fails with; none for what is nearly wrong. */
  readonly codes: readonly string[]
  /** Whether that is only a warning, since not every app like it breaks. @default false */
  readonly suspected?: boolean
  /** Text that the page shows when all is well. */
  readonly shows: string
}

/** Options of a build for the groups of an app, for either major of Vite. */
export function chunkedConfig(app: ChunkedApp, vite: 7 | 8): InlineConfig {
  const groups = Object.entries(app.groups)
  const build: InlineConfig['build'] = { assetsInlineLimit: 0, modulePreload: { polyfill: false } }
  if (vite === 8) {
    const codeSplitting = {
      includeDependenciesRecursively: app.recursive,
      groups: groups.map(([name, test]) => ({ name, test, ...app.rolldown })),
    }
    return { build: { ...build, rolldownOptions: { output: { codeSplitting } } } }
  }
  const output = {
    manualChunks: (id: string) => groups.find(([, test]) => test.test(id))?.[0],
    onlyExplicitManualChunks: !app.recursive,
  }
  return { build: { ...build, rollupOptions: { output } } }
}

/** The page of an app, with the place where its text goes. */
export const page =
  '<!doctype html><html lang="en"><head><title>App</title><link rel="icon" href="data:,"></head><body><main></main><script type="module" src="/src/main.js"></script></body></html>'

/** A package of ES modules. */
export function installed(name: string, code: string, fields: object = {}): Record<string, string> {
  const manifest = { name, version: '1.0.0', type: 'module', main: 'index.js', ...fields }
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify(manifest),
    [`node_modules/${name}/index.js`]: code,
  }
}

/** A package of CommonJS. */
export function common(name: string, code: string): Record<string, string> {
  const manifest = { name, version: '1.0.0', main: 'index.js' }
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify(manifest),
    [`node_modules/${name}/index.js`]: code,
  }
}
