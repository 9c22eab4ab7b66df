import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_REPORT_UNREADABLE: (file: string, received: string): string =>
    `\`${file}\` is not a report that can be read; ${received}. Run \`vite build\` with Paceline in vite.config first.`,
  PACELINE_SIBLING_MISMATCH: (sibling: string, file: string): string =>
    `\`${sibling}\` does not decode to \`${file}\`. Something wrote one of them after the other was made: run that plugin before compression, or delete the output directory and build again.`,
  PACELINE_FILE_CHANGED: (file: string): string =>
    `\`${file}\` changed on disk while it was being measured. Run one build at a time on an output directory.`,
  PACELINE_ROUTE_UNKNOWN: (path: string, module: string, near: string): string =>
    `\`buildGraph.routes['${path}']\` names a module that is not in the build; received '${module}'. ${near}`,
  PACELINE_MANIFEST_UNREADABLE: (file: string): string =>
    `\`${file}\` is not a Vite manifest that can be read. Build with \`build.manifest: true\`.`,
  PACELINE_MAP_MISSING: (file: string): string =>
    `\`${file}\` has no source map beside it, so nobody can say which module wrote what. Build with \`build.sourcemap: 'hidden'\`.`,
  PACELINE_VITE_UNSUPPORTED: (root: string): string =>
    `the Vite that builds \`${root}\` is older than 7, and Paceline needs Vite 7 or 8. Update it with \`npm install --save-dev vite@8\`, or look with \`npm ls vite\` who brings the old one.`,
  PACELINE_OUTPUT_EMPTY: (dir: string): string =>
    `\`${dir}\` holds no files after the build, so there is nothing to measure. Check \`build.outDir\` and \`build.write\`.`,
}

/** What can go wrong while a finished build is read. */
export const graphError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
