import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_PLAN_UNREADABLE: (file: string, received: string): string =>
    `\`${file}\` is no chunk plan; ${received}. Make it anew with \`paceline chunks plan\`.`,
}

/** What can go wrong with the chunks, each with the code that tests and CI match on. */
export const chunksError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
