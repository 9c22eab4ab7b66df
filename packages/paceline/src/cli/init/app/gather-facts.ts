import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { ObjectExpression } from 'oxc-parser'
import { readManifest } from '@paceline/kit'
import { objectAt, propertyOf } from '../syntax/nodes.ts'
import type { Source } from '../syntax/parse.ts'
import { readValue } from '../syntax/read-value.ts'
import type { AppFacts } from './app-facts.ts'
import type { App } from './read-app.ts'
import type { Scan } from './scan-sources.ts'

/** Where things are, as far as the config says so without being run. */
export interface Places {
  readonly root: string
  readonly outDir: string
  readonly publicDir: string
}

/** Directories that builds write to beside their output, absolute. */
export interface OwnDirectories {
  readonly reports: string
  readonly cache: string
}

/** Root and directories of a config; Vite's defaults for what cannot be read. */
export function readPlaces(app: App, source: Source, config: ObjectExpression): Places {
  const text = (path: readonly string[], name: string): string | undefined =>
    textAt(source, config, path, name)?.replace(/^\.\//, '').replace(/\/$/, '')
  return {
    root: resolve(dirname(app.config.path), text([], 'root') ?? '.'),
    outDir: text(['build'], 'outDir') ?? 'dist',
    publicDir: text([], 'publicDir') ?? 'public',
  }
}

/** What the options of `paceline()` say of them; the defaults for what cannot be read. */
export function ownDirectories(root: string, source: Source, options: ObjectExpression | undefined): OwnDirectories {
  const text = (group: string): string | undefined => options && textAt(source, options, [group], 'dir')
  return {
    reports: resolve(root, text('buildGraph') ?? '.paceline'),
    cache: resolve(root, text('cache') ?? 'node_modules/.cache/paceline'),
  }
}

/** An option, when it can be read and is a text. */
function textAt(source: Source, object: ObjectExpression, path: readonly string[], name: string): string | undefined {
  const inner = objectAt(object, path)
  const value = inner && propertyOf(inner, name)
  const read = value && readValue(value, source.program)
  return read?.known && typeof read.value === 'string' ? read.value : undefined
}

export function gatherFacts(app: App, places: Places, scan: Scan): AppFacts {
  return {
    ...places,
    directory: dirname(app.config.path),
    packageName: String(readManifest(app.directory)?.['name'] ?? 'App'),
    exists: (file) => existsSync(join(places.root, file)),
    readText: (file) => {
      const path = join(app.directory, file)
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined
    },
    pwaModules: scan.pwaModules,
    imageQueries: scan.imageQueries,
  }
}
