import { resolve } from 'node:path'
import { isInside } from './paths.ts'

/** The part of a resolved Vite config that says where its environments write. */
export interface OutputConfig {
  readonly root: string
  readonly environments: Readonly<Record<string, { readonly build: { readonly outDir: string } }>>
}

/**
 * Output directories of other environments that lie inside that of this one (`dist` and `dist/server`): files there
 * are not this environment's to measure, compress or serve.
 *
 * @returns whether an absolute path lies in one of them
 */
export function inNestedOutput(config: OutputConfig, environmentName: string): (path: string) => boolean {
  const directory = (outDir: string): string => resolve(config.root, outDir)
  const own = directory(config.environments[environmentName]?.build.outDir ?? '.')
  const nested = Object.values(config.environments)
    .map((environment) => directory(environment.build.outDir))
    .filter((dir) => isInside(dir, own))
  return (path) => nested.some((dir) => isInside(path, dir))
}
