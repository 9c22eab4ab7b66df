import { createRequire } from 'node:module'

/** Version of this package, by its own name: the way to package.json differs between sources and bundle. */
export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)('paceline/package.json') as { version: string }
  return version
}
