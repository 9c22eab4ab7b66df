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

/** Root and directories of a config; Vite's defaults for what cannot be read. */
export function readPlaces(app: App, source: Source, config: ObjectExpression): Places {
  const text = (path: readonly string[], name: string): string | undefined => {
    const object = objectAt(config, path)
    const value = object && propertyOf(object, name)
    const read = value && readValue(value, source.program)
    return read?.known && typeof read.value === 'string'
      ? read.value.replace(/^\.\//, '').replace(/\/$/, '')
      : undefined
  }
  return {
    root: resolve(dirname(app.config.path), text([], 'root') ?? '.'),
    outDir: text(['build'], 'outDir') ?? 'dist',
    publicDir: text([], 'publicDir') ?? 'public',
  }
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
