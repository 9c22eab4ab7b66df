import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_DOCTOR_URL: (received: string): string =>
    `\`paceline doctor\` takes the address of a live site; received '${received}'. Write it with its scheme, such as https://example.com/.`,
  PACELINE_DOCTOR_OPTION: (option: string, received: string, least: number, most: number): string =>
    `\`${option}\` must be a whole number from ${least} to ${most}; received '${received}'. Leave it out for the default.`,
}

/** What can be wrong with how a site is asked about. */
export const doctorError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
