import { resolve } from 'node:path'
import type { UserConfig } from 'vite'

type ViteModule = typeof import('vite')

/** Where a config file is looked for, and what it is read for. */
export interface ConfigPlace {
  /** The directory that a config belongs to, absolute. */
  readonly directory: string
  /** Absolute; Vite's own search when absent. */
  readonly configFile?: string | undefined
  readonly mode?: string | undefined
}

export interface ConfigFile {
  /** The Vite root, absolute. A config may name another directory than its own, and a root given to Vite would beat it. */
  readonly root: string
  /** The file, absolute; nothing when there is none. */
  readonly file: string | undefined
  readonly mode: string
  readonly config: UserConfig
}

/** Reads a config file as `vite build` does. No plugin runs. */
export async function readConfigFile(vite: ViteModule, place: ConfigPlace): Promise<ConfigFile> {
  const { directory, configFile, mode = 'production' } = place
  const env = { command: 'build' as const, mode, isSsrBuild: false, isPreview: false }
  const loaded = await vite.loadConfigFromFile(env, configFile, directory, 'silent')
  const config = loaded?.config ?? {}
  return { root: resolve(directory, config.root ?? '.'), file: loaded?.path, mode, config }
}
