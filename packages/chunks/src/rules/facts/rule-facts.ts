import type { BuildReport } from '@paceline/build-graph'
import type { DiskTest } from '../disk-files.ts'
import type { DescribedFault } from '../../verify/describe-fault.ts'

/** Everything rules look at: the report of a finished build, and what only its hooks could see. */
export interface RuleFacts {
  readonly report: BuildReport
  /** Whether it is a production build; one for development may hold code for development. */
  readonly production: boolean
  /** Whether the config asks for planned chunks. @default false */
  readonly planned?: boolean
  /** `build.target`, as resolved: `['chrome111', 'safari16.4']`, `['es2020']`. Empty for `esnext`. */
  readonly targets: readonly string[]
  /** Directory of a package, relative to the Vite root → what its package.json says. */
  readonly manifests: ReadonlyMap<string, ManifestFacts>
  /** Ids of modules that only re-export. */
  readonly barrels: ReadonlySet<string>
  /** Imports of Node's built-in modules that the browser gets nothing for, and of which something is left in the output. */
  readonly builtins: readonly { readonly importer: string; readonly name: string; readonly line?: number }[]
  /** What a look through the emitted code has found. */
  readonly texts: readonly TextFact[]
  /** Files that the bundler emitted for modules, and that no other emitted file names. */
  readonly unreferenced: readonly UnreferencedFile[]
  /** What the finished chunks do otherwise than the source. */
  readonly faults: readonly DescribedFault[]
  /** Whether there is a source file that matches, in the build or not. @default nothing is there */
  readonly onDisk?: DiskTest
}

export interface UnreferencedFile {
  readonly file: string
  /** The source file it was made of, relative to the Vite root. */
  readonly source?: string
}

export interface ManifestFacts {
  /** Whether `sideEffects` is there, whatever it says. */
  readonly sideEffects: boolean
  /** Whether the package offers ES modules: without, there is nothing to shake off. */
  readonly esm: boolean
}

/** A place in the emitted code. */
export interface TextFact {
  readonly kind: 'node-env' | 'legacy' | 'data-url'
  /** The emitted file. */
  readonly file: string
  /** The module it comes from, where that is known. */
  readonly module?: string
  /** What it is: the name of a helper, the media type of an inlined file. */
  readonly detail: string
  /** Length as emitted; 0 where only its being there matters. */
  readonly raw: number
}

/** The facts of a report that no hook has seen. */
export function bareFacts(report: BuildReport): RuleFacts {
  return {
    report,
    production: true,
    targets: [],
    manifests: new Map(),
    barrels: new Set(),
    builtins: [],
    texts: [],
    unreferenced: [],
    faults: [],
  }
}
