import { parseOptions } from '@paceline/kit'
import * as v from 'valibot'

/** Options of the build graph (`buildGraph` in `paceline()`). */
export interface BuildGraphOptions {
  /**
   * URL paths of pages that no route table names: path → module, relative to the Vite root. A list names the page
   * and what it always loads lazily besides, since no static reading can know whether a lazy component is shown.
   *
   * React Router and TanStack Router tables are read without this.
   *
   * @default {}
   * @example { '/editor': 'src/pages/editor.tsx', '/notes/:id': ['src/pages/note.tsx', 'src/pages/note-editor.tsx'] }
   */
  readonly routes?: Readonly<Record<string, string | readonly string[]>> | undefined
  /**
   * Where reports are kept, relative to the Vite root. Never inside `build.outDir`: it would be deployed.
   *
   * @default '.paceline'
   */
  readonly dir?: string | undefined
}

export interface ResolvedBuildGraphOptions {
  readonly routes: Readonly<Record<string, readonly [string, ...string[]]>>
  readonly dir: string
}

const schema = v.strictObject({
  routes: v.optional(
    v.record(
      v.string(),
      v.union([
        v.pipe(
          v.string(),
          v.transform((module): [string, ...string[]] => [module]),
        ),
        v.tupleWithRest([v.string()], v.string()),
      ]),
    ),
    {},
  ),
  dir: v.optional(v.pipe(v.string(), v.nonEmpty('must not be empty.')), '.paceline'),
})

/** @throws `PACELINE_OPTIONS_INVALID` */
export function resolveBuildGraphOptions(options: BuildGraphOptions | undefined): ResolvedBuildGraphOptions {
  return Object.freeze(parseOptions('buildGraph', schema, options))
}
