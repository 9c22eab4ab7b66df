import { defineErrors, type ErrorFactory } from '@paceline/kit'

const catalogue = {
  PACELINE_CACHE_KIND_INVALID: (kind: string): string =>
    `\`kind\` of an artifact is a family such as 'brotli' or 'image-score'; received '${kind}'. Use small letters, digits and '-'.`,
  PACELINE_CACHE_RECIPE_INVALID: (kind: string, received: string): string =>
    `\`settings\` of a '${kind}' artifact cannot be a key; received ${received}. Use what JSON can hold.`,
  PACELINE_CACHE_INFO_TOO_LARGE: (kind: string, received: number): string =>
    `\`info\` of a '${kind}' artifact is at most 4096 bytes as JSON; received ${received}. Put what is larger into its bytes.`,
  PACELINE_CACHE_NAMESPACE_INVALID: (received: string): string =>
    `\`cache.namespace\` sets projects apart in one Redis; received ${JSON.stringify(received)}. Use 1 to 214 characters without ':' and spaces, such as the name in package.json.`,
  PACELINE_CACHE_NAMESPACE_MISSING: (shown: string): string =>
    `\`cache.namespace\` is needed with Redis (${shown}), so that projects do not get each other's results; received none, and the package.json of the Vite root has no \`name\`. Write one of the two.`,
  PACELINE_CACHE_REDIS_URL_INVALID: (shown: string, problem: string): string =>
    `\`cache.redis\` is not the URL of a Redis server; received '${shown}', which ${problem}. Write redis://user:password@host:6379/0, or rediss:// for TLS.`,
  PACELINE_CACHE_PATTERN_INVALID: (pattern: string): string =>
    `\`${pattern}\` is not a pattern of cache entries. Write a kind, such as 'brotli:*', or '*' for all; '*' stands for any characters.`,
  PACELINE_CACHE_NOTHING_CLEARED: (pattern: string, kinds: readonly string[]): string =>
    `\`${pattern}\` matches nothing in the cache, so nothing was cleared. ${kinds.length > 0 ? `There are: ${kinds.map((kind) => `${kind}:*`).join(', ')}.` : 'The cache is empty.'}`,
  PACELINE_CACHE_REDIS_UNREACHABLE: (shown: string, problem: string): string =>
    `\`cache.redis\` at ${shown} was not reached; ${problem}. Nothing is known of what it holds. Start it, or turn it off with \`cache: { redis: false }\`.`,
  PACELINE_CACHE_NOT_SHARED: (shown: string, problem: string): string =>
    `\`cache.redis\` at ${shown} did not get all that this machine has: ${problem}`,
  PACELINE_WORK_FAILED: (label: string, reason: string): string =>
    `\`${label}\` could not be made; ${reason}. Nothing of it was kept.`,
  PACELINE_WORK_CANCELLED: (label: string, reason: string): string => `\`${label}\` was not made; ${reason}.`,
}

/** What can go wrong in the artifact cache, each with the code that tests and CI match on. */
export const cacheError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)
