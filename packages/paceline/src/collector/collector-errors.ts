import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_COLLECT_OPTION: (option: string, received: string, advice: string): string =>
    `\`${option}\` cannot be used; received ${received}. ${advice}`,
  PACELINE_COLLECT_FILE: (option: string, file: string, received: string): string =>
    `\`${option}\` names a file that cannot be read as JSON; received '${file}', and ${received}. Correct the file, or leave the option out.`,
  PACELINE_COLLECT_LISTEN: (address: string, received: string): string =>
    `The collector cannot listen on ${address}; received ${received}. Choose another with \`--port\`, or end what has it.`,
  PACELINE_COLLECTOR_UNREACHABLE: (url: string, received: string): string =>
    `\`${url}\` does not answer as a collector does; received ${received}. Name it with \`--url\` or in PACELINE_COLLECTOR_URL, and its token in PACELINE_COLLECTOR_TOKEN.`,
  PACELINE_COLLECTOR_UNTOLD: (reason: string): string =>
    `The collector was not told of this release, so it cannot name its routes and modules. ${reason} Run \`paceline release push\` when it answers.`,
  PACELINE_VISITS_TOO_FEW: (pages: number, days: number, needed: number): string =>
    `\`paceline visits\` cannot weigh routes by so few; the collector has seen ${pages} visits in ${days} days and needs ${needed}, ten for each route and 100 at least. Look further back with \`--days\`, or wait.`,
  PACELINE_VISITS_UNNAMED: (unnamed: number, visits: number): string =>
    `\`paceline visits\` cannot name the routes of most visits: ${unnamed} of ${visits} began on a route that no build named. Tell the collector of each release: \`collector: { url }\` in paceline(), or \`paceline release push\` after a build.`,
  PACELINE_RELEASE_UNKNOWN: (release: string): string =>
    `\`${release}\` is no release; a release is 12 hexadecimal digits. \`paceline release list\` shows those of the archive, report.json the last one.`,
}

/** What can be wrong when a collector is started, asked or told of a release. */
export const collectorError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
