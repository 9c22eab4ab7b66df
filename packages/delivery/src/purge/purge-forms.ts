import { deliveryError } from '../errors.ts'

export interface PurgeFile {
  readonly file: string
  readonly content: string
}

/** URLs, or prefixes, in one call; 500 URLs on Enterprise plans (https://developers.cloudflare.com/cache/how-to/purge-cache/). */
const CLOUDFLARE_BATCH = 100
/** Paths in progress at one time (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html). */
const CLOUDFRONT_WILDCARDS = 15
const CLOUDFRONT_FILES = 3000

/**
 * A purge list as the APIs of CDNs take it. Paths that end in `*` stand for all below: where an API has no such thing the form says so in the
 * way that the API has.
 *
 * @param origin of the site, `https://example.com`; Cloudflare, Fastly and Akamai name URLs, CloudFront paths
 * @param reference makes two calls one: CloudFront does nothing for one that it has seen, so a release that comes back needs another
 */
export function purgeForms(paths: readonly string[], origin: string | undefined, reference: string): PurgeFile[] {
  const site = origin === undefined ? undefined : siteOrigin(origin)
  const plain = paths.filter((path) => !path.endsWith('*'))
  const prefixes = paths.filter((path) => path.endsWith('*'))
  const json = (file: string, content: unknown): PurgeFile => ({
    file,
    content: `${JSON.stringify(content, null, 2)}\n`,
  })
  const isTooMuch = prefixes.length > CLOUDFRONT_WILDCARDS || plain.length > CLOUDFRONT_FILES
  const items = isTooMuch ? ['/*'] : paths
  const files: PurgeFile[] = [
    { file: 'purge.txt', content: paths.map((path) => `${path}\n`).join('') },
    // aws cloudfront create-invalidation --distribution-id … --invalidation-batch file://purge.cloudfront.json
    json('purge.cloudfront.json', { Paths: { Quantity: items.length, Items: items }, CallerReference: reference }),
  ]
  if (site === undefined) return files
  const { host } = new URL(site)
  const urls = plain.map((path) => site + path)
  return [
    ...files,
    // POST /zones/{id}/purge_cache, one call for each element. Prefixes have no scheme.
    json('purge.cloudflare.json', [
      ...batches(urls, CLOUDFLARE_BATCH).map((batch) => ({ files: batch })),
      ...batches(prefixes, CLOUDFLARE_BATCH).map((batch) => ({
        prefixes: batch.map((path) => host + path.slice(0, -1)),
      })),
    ]),
    // POST /purge/{url} for each; Fastly has no wildcards: what they stand for is purged by all, or by keys.
    json('purge.fastly.json', { urls: urls.map((url) => url.replace(/^https?:\/\//, '')), all: prefixes.length > 0 }),
    // POST /ccu/v3/invalidate/url/production
    json('purge.akamai.json', { objects: urls, wildcards: prefixes.map((path) => site + path) }),
  ]
}

function siteOrigin(origin: string): string {
  if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol))
    throw deliveryError('PACELINE_DELIVERY_ORIGIN', [origin])
  return new URL(origin).origin
}

function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
