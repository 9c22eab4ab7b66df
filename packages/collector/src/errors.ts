import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_COLLECTOR_NO_TOKEN: (host: string): string =>
    `\`collector.token\` is missing; the collector shall listen on '${host}', where others than this machine reach it. Set PACELINE_COLLECTOR_TOKEN to a long random text, or listen on 127.0.0.1.`,
  PACELINE_COLLECTOR_TOKEN_WEAK: (length: number): string =>
    `\`collector.token\` is too short to be safe from guessing; received ${length} characters. Use at least 16, at random.`,
  PACELINE_COLLECTOR_STORE: (dir: string, received: string): string =>
    `\`${dir}\` cannot hold beacons; received "${received}". Name a directory on a local disk that this user may write to.`,
  PACELINE_COLLECTOR_IN_USE: (dir: string): string =>
    `\`${dir}\` is in use by another collector. Give each its own directory, or set PACELINE_CLICKHOUSE_URL for several with one store.`,
  PACELINE_COLLECTOR_STOPPED: (): string => `The collector has been closed; nothing can be stored any more.`,
  PACELINE_COLLECTOR_CLICKHOUSE: (url: string, received: string): string =>
    `\`${url}\` does not take beacons; received "${received}". Check PACELINE_CLICKHOUSE_URL, and that its user may create tables.`,
  PACELINE_COLLECTOR_SLA: (file: string, received: string): string =>
    `\`${file}\` is no SLA; ${received}. Write JSON such as { "lcp": 2500, "inp": 200, "cls": 0.1 }.`,
  PACELINE_COLLECTOR_DASHBOARD: (dir: string): string =>
    `The dashboard is not built; there is no \`${dir}\`. Run \`npm run build\` in the repository; a published package has it.`,
  PACELINE_COLLECTOR_ROUTE: (received: string): string =>
    `\`route\` is the path of a route, or a number together with its release; received '${received}'. Name the path, such as /notes/:id, since numbers are of one release each.`,
  PACELINE_RELEASE_INVALID: (received: string): string =>
    `The release cannot be taken; ${received}. Push it with \`paceline release push\` of the same version.`,
} as const

/** What can go wrong in the collector, each with the code that tests and CI match on. */
export const collectorError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
