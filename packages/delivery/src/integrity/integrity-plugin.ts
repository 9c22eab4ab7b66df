import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { moveToEnd } from '@paceline/kit'
import type { Environment, Plugin } from 'vite'
import { writeIntegrity } from './write-integrity.ts'

/** What the plugin has to know of the one it belongs to. */
export interface IntegrityHost {
  readonly name: string
  /** Whether an environment is of a build that gets integrity. */
  isOurs(environment: { config: { consumer: string } }): boolean
  /** Hashed files of an output that was written; nothing when there is none. */
  hashedFiles(environment: Environment): Iterable<string> | undefined
  /** Takes note of what pages name now. */
  named(environment: Environment, hashes: ReadonlyMap<string, string>): void
}

/** Adds integrity to pages when all scripts and styles are final, and before anything is stored, compressed or measured. */
export function integrityPlugin({ name, isOurs, hashedFiles, named }: IntegrityHost): Plugin {
  const plugin: Plugin = {
    name: `${name}-integrity`,
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: isOurs,
    configResolved: ({ plugins }) => moveToEnd(plugins, plugin, 'integrity'),
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment } = this
        const hashed = error ? undefined : hashedFiles(environment)
        if (!hashed) return
        const { root, build, base, publicDir } = environment.config
        const isPublic = (file: string): boolean =>
          build.copyPublicDir && publicDir !== '' && existsSync(join(publicDir, file))
        named(environment, await writeIntegrity({ outDir: resolve(root, build.outDir), base, hashed, isPublic }))
      },
    },
  }
  return plugin
}
