import { plainId } from '@paceline/build-graph'
import type pc from 'picocolors'
import type { LeftImport, LeftReason } from './rebuild-request.ts'

const LISTED = 8

const REASONS: Readonly<Record<LeftReason, string>> = {
  require: ': it is CommonJS',
  'import()': ' with `import()`',
  worker: ': it starts a worker',
  stylesheet: ': it is a stylesheet',
  unknown: '',
}

/** Imports that a rebuild could not change, each with what keeps it. */
export function leftLines(left: readonly LeftImport[], colors: ReturnType<typeof pc.createColors>): string[] {
  const lines = left
    .slice(0, LISTED)
    .map(({ importer, importee, because }) =>
      colors.yellow(`  ${plainId(importer)} still imports ${plainId(importee)}${REASONS[because]}`),
    )
  const more = left.length - LISTED
  return more > 0 ? [...lines, colors.dim(`  … and ${more} more imports that stay; --json lists all`)] : lines
}
