import { defineErrors } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_INIT_NO_CONFIG: (root: string, instead: string): string =>
    `\`${root}\` has no vite.config.{ts,mts,js,mjs} to add Paceline to${instead}. Name the app's directory with \`--root\`, or its config with \`--config\`.`,
  PACELINE_INIT_NO_PACKAGE: (root: string): string =>
    `\`${root}\` has no package.json, nor has a directory above it. Run the command in an app, or name its directory with \`--root\`.`,
  PACELINE_INIT_SYNTAX: (place: string, received: string): string =>
    `\`${place}\` cannot be parsed; received "${received}". Correct the file and run the command again.`,
  PACELINE_INIT_CONFIG_SHAPE: (place: string, received: string, advice: string): string =>
    `\`${place}\` ${received}, which cannot be read without running it. Nothing was changed. ${advice}`,
  PACELINE_INIT_VITE_VERSION: (received: string): string =>
    `Paceline needs Vite 7 or 8; this app has ${received}. Update Vite first, and run the command again.`,
  PACELINE_INIT_CHANGED: (file: string): string =>
    `\`${file}\` was changed by somebody else since it was read. Nothing was written. Run the command again.`,
  PACELINE_INIT_UNWRITABLE: (file: string, received: string): string =>
    `\`${file}\` cannot be written; received "${received}". All files are as they were. Make it writable and run the command again.`,
}

/** What keeps `paceline init` from proposing or writing anything. */
export const initError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
