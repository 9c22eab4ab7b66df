import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { DeliveryManifest } from '@paceline/delivery'
import { manifestFile, readManifestFile } from '@paceline/delivery/server'
import type { Invocation } from '../command.ts'
import { loadConfig, rootOf } from '../contract/load-config.ts'
import type { Io } from '../io.ts'
import { serveError } from './serve-errors.ts'

/** What is served. */
export interface LocatedDist {
  /** Absolute. */
  readonly dir: string
  /** The manifest that belongs to it; absent where there is none. */
  readonly manifest: string | undefined
  /** Where its reports are, absolute. */
  readonly reportDir: string
}

/** Of a manifest this many files are looked for, to see whether it is of this directory. */
const SAMPLE = 20

/**
 * Finds the directory and its manifest. The Vite config is read only when there is no other way: where an app runs in production, Vite is
 * often not installed.
 *
 * @throws `PACELINE_SERVE_DIST`; `PACELINE_DELIVERY_MANIFEST` for a manifest that cannot be read
 */
export async function locateDist(invocation: Invocation, io: Io): Promise<LocatedDist> {
  const root = rootOf(invocation, io)
  const [named] = invocation.positionals
  const dir = named === undefined ? await usualDir(root, invocation, io) : resolve(io.cwd, named)
  if (!isDirectory(dir)) throw serveError('PACELINE_SERVE_DIST', [dir])
  const reports = invocation.text('reports')
  const candidates =
    reports === undefined ? [join(dirname(dir), '.paceline'), join(root, '.paceline')] : [resolve(io.cwd, reports)]
  const found = await findManifest(dir, candidates)
  return { dir, manifest: found?.file, reportDir: found?.reportDir ?? candidates[0]! }
}

/**
 * The manifest that belongs to a directory.
 *
 * @param dir absolute
 * @param reportDirs folders that may hold it, absolute; the first that does is taken
 * @throws `PACELINE_DELIVERY_MANIFEST` for a manifest that cannot be read
 */
export async function findManifest(
  dir: string,
  reportDirs: readonly string[],
): Promise<{ readonly file: string; readonly reportDir: string } | undefined> {
  for (const reportDir of reportDirs) {
    const file = manifestFile(reportDir, 'client')
    if (existsSync(file) && belongs(await readManifestFile(file), dir)) return { file, reportDir }
  }
  return undefined
}

async function usualDir(root: string, invocation: Invocation, io: Io): Promise<string> {
  const usual = join(root, 'dist')
  if (isDirectory(usual) && invocation.text('config') === undefined) return usual
  const { outDir } = await loadConfig(invocation, io)
  return outDir
}

/** A folder may hold several outputs, and the manifest of one of them. */
function belongs({ files }: DeliveryManifest, dir: string): boolean {
  const own = files.filter(({ archived }) => !archived).slice(0, SAMPLE)
  return own.some(({ file, bytes }) => statSync(join(dir, file), { throwIfNoEntry: false })?.size === bytes)
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}
