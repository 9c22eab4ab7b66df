import { existsSync, readFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import type { Manifest, ManifestChunk } from 'vite'
import { listFiles } from '@paceline/kit'
import { analyse } from '../core/analyse.ts'
import type { EmittedChunk } from '../core/build-input.ts'
import { normalize } from '../core/paths.ts'
import { graphError } from '../errors.ts'
import type { BuildReport } from '../report.ts'
import { ownFiles, readEmitted, releaseOf } from './dist-files.ts'
import { packageLookup } from './package-lookup.ts'

/** A finished build on disk that no plugin of ours has seen. */
export interface ManifestBuild {
  /** Output directory, absolute. */
  readonly dir: string
  /** Vite root, absolute: ids are relative to it. */
  readonly root: string
  /** Vite's manifest (`build.manifest`), relative to `dir`. @default '.vite/manifest.json' */
  readonly manifest?: string
  /** Vite's `base`. @default '/' */
  readonly base?: string
}

/**
 * Makes a report from a directory, its manifest and the source maps in it, without Vite and without a build.
 *
 * It knows what those three know: shares of JavaScript, loads of the entries and of every lazy chunk. Modules without
 * mappings (JSON, virtual ones) count to their neighbours, CSS is measured as files, and there is no module graph, so
 * nobody can ask it why something is in.
 *
 * @throws `PACELINE_MANIFEST_UNREADABLE`, `PACELINE_MAP_MISSING`
 */
export async function analyseManifest(build: ManifestBuild): Promise<BuildReport> {
  const { dir, base = '/', manifest: manifestFile = '.vite/manifest.json' } = build
  const manifest = readManifest(resolve(dir, manifestFile))
  const listed = (await listFiles(dir)).filter((file) => !file.startsWith('.vite/'))
  const files = await readEmitted(dir, ownFiles(listed), new Set(listed))
  const root = normalize(build.root)
  const chunks = Object.values(manifest)
    .filter((entry) => /\.m?js$/.test(entry.file))
    .map((entry) => manifestChunk(entry, manifest, dir, root))
  return analyse(
    {
      root,
      base,
      preloadsDependencies: true,
      files,
      chunks,
      stylesheets: [],
      modules: [],
      routes: Object.values(manifest).flatMap((entry) =>
        entry.isDynamicEntry && entry.src ? [{ module: posix.join(root, entry.src), layouts: [] }] : [],
      ),
    },
    { packageOf: packageLookup(build.root), release: releaseOf(files) },
  )
}

function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest
  } catch (cause) {
    throw graphError('PACELINE_MANIFEST_UNREADABLE', [file], { cause })
  }
}

function manifestChunk(entry: ManifestChunk, manifest: Manifest, dir: string, root: string): EmittedChunk {
  const { code, mappings, sources } = readMap(dir, entry.file)
  const filesOf = (keys: readonly string[] = []): string[] => keys.flatMap((key) => manifest[key]?.file ?? [])
  return {
    name: entry.name ?? posix.basename(entry.file),
    file: entry.file,
    entry: entry.isEntry ?? false,
    facade: entry.src === undefined ? undefined : posix.join(root, entry.src),
    // What the map does not name is not known to be there.
    modules: [...new Set(sources)].map((id) => ({ id, renderedLength: 1 })),
    imports: filesOf(entry.imports),
    dynamicImports: filesOf(entry.dynamicImports),
    css: entry.css ?? [],
    assets: entry.assets ?? [],
    code,
    mappings,
    sources,
  }
}

/** The map beside a file. It describes the file as it is: nothing has to be aligned. */
function readMap(dir: string, file: string): Pick<EmittedChunk, 'code' | 'mappings' | 'sources'> {
  const path = resolve(dir, file)
  if (!existsSync(`${path}.map`)) throw graphError('PACELINE_MAP_MISSING', [file])
  const map = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as { mappings: string; sources: readonly string[] }
  return {
    code: readFileSync(path, 'utf8'),
    mappings: map.mappings,
    sources: map.sources.map((source) => normalize(resolve(path, '..', source))),
  }
}
