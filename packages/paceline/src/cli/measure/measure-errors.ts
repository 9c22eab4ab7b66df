import { defineErrors } from '@paceline/kit'
import type { ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_MEASURE_OPTION: (option: string, received: string, advice: string): string =>
    `\`${option}\` cannot be used; received ${received}. ${advice}`,
  PACELINE_MEASURE_BUILD: (given: string, received: string): string =>
    `\`${given}\` is no build to measure; ${received}. Name a directory that an app was built to, an address, or a git ref.`,
  PACELINE_MEASURE_BASELINE: (given: string, received: string): string =>
    `\`--baseline ${given}\` is no build to compare with; ${received}. Name a directory that an app was built to, an address, or a git ref.`,
} as const

/** What can be wrong with the arguments of `paceline measure`. */
export const measureError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
