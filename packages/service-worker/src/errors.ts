import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_SW_TWICE: (other: string): string =>
    `\`serviceWorker\` is on beside another plugin that makes a service worker; found '${other}'. A site has one: take one of them out.`,
  PACELINE_SW_SOURCE_MISSING: (source: string): string =>
    `\`serviceWorker.source\` is not there; received '${source}'. Write the path of your worker relative to the Vite root, or leave \`strategy\` out.`,
  PACELINE_SW_NO_MANIFEST: (source: string, count: number): string =>
    `\`${source}\` has to name \`self.__WB_MANIFEST\` once, where the list of files goes; found it ${count} times. Use it, or take \`strategy: 'generateSW'\`.`,
  PACELINE_SW_FILE_MISSING: (option: string, file: string): string =>
    `\`serviceWorker.${option}\` names a file that is not in the output; received '${file}'. Paths are relative to the output directory.`,
  PACELINE_SW_ROUTE_UNKNOWN: (path: string, known: readonly string[]): string =>
    `\`serviceWorker.precache.routes\` names a route that is not there; received '${path}'. Known: ${list(known)}.`,
  PACELINE_SW_VISITS_UNKNOWN: (received: readonly string[], known: readonly string[]): string =>
    `\`serviceWorker.precache.routes.visits\` names no route of this app; received ${list(received)}. Known: ${list(known)}. Make it anew with \`paceline visits\`.`,
  PACELINE_SW_VISITED_TOO_FEW: (wanted: number, visited: number, known: number): string =>
    `\`serviceWorker.precache.routes.mostVisited\` is more than there is; received ${wanted}, and \`visits\` has ${visited} of the ${known} routes of this app. Ask for fewer, or for all with \`precache: 'routes'\`.`,
  PACELINE_SW_NOT_TEXT: (where: string): string =>
    `\`${where}\` cannot be written into the worker; received an object with a class of its own. Use Workbox's short options (\`expiration\`, \`cacheableResponse\`, …) or plain objects with functions.`,
  PACELINE_SW_SHARP_MISSING: (): string =>
    '`serviceWorker.manifest` needs sharp for its icons; it is not installed. Run `npm install --save-dev sharp`.',
  PACELINE_SW_ICON_MISSING: (icon: string): string =>
    `\`serviceWorker.manifest.icon\` is not there; received '${icon}'. Write its path relative to the Vite root.`,
  PACELINE_SW_ICON_UNUSABLE: (icon: string, reason: string): string =>
    `\`serviceWorker.manifest.icon\` cannot be made into icons; received '${icon}': ${reason}. Use an SVG, or a picture of at least 512 × 512 pixels.`,
  PACELINE_SW_MANIFEST_TWICE: (page: string): string =>
    `\`serviceWorker.manifest\` is on, and '${page}' has a link to a manifest already. Take one of them out.`,
  PACELINE_SW_BUILD_FAILED: (message: string): string => `\`serviceWorker\` could not be built; ${message}`,
  PACELINE_VITE_MISSING: (version: string, root: string): string =>
    `\`serviceWorker\` cannot find the Vite that runs this build; looked for ${version} from '${root}'. Install vite beside @paceline/service-worker.`,
}

/** What can go wrong while the worker is made. */
export const serviceWorkerError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)

const MOST_LISTED = 12

function list(names: readonly string[]): string {
  const more = names.length > MOST_LISTED ? `, and ${names.length - MOST_LISTED} more` : ''
  return names.length === 0 ? 'none' : names.slice(0, MOST_LISTED).join(', ') + more
}
