import { basePath } from '../../policy/resolve-path.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import type { ResolvedTargetOptions } from '../target-options.ts'
import type { TargetFile } from '../target.ts'
import { headerMaps } from './header-maps.ts'
import { pathMaps } from './path-maps.ts'
import { variantMaps } from './variant-maps.ts'
import { DOLLAR, mapText } from './nginx-text.ts'

/**
 * nginx as it comes, without any module: what is sent is looked up in maps, and encoded files lie in internal locations that say what they are.
 *
 * `http.conf` goes into the `http` block, `server.conf` into the `server` block of the site; `site.conf` is an example of one.
 */
export function nginx(manifest: DeliveryManifest, options: ResolvedTargetOptions): TargetFile[] {
  const dir = options.configDir ?? '/etc/nginx/paceline'
  const file = (name: string, content: string): TargetFile => ({
    target: 'nginx',
    file: name,
    content,
    where: 'config',
  })
  return [
    file('http.conf', httpConfig(manifest, options)),
    file('server.conf', serverConfig(manifest, options)),
    file('site.conf', siteConfig(dir, options)),
  ]
}

function httpConfig(manifest: DeliveryManifest, options: ResolvedTargetOptions): string {
  const maps = [...pathMaps(manifest), ...headerMaps(manifest).maps, ...variantMaps(manifest)]
  const longest = Math.max(...maps.flatMap(({ entries }) => entries.map(([from]) => Buffer.byteLength(from))))
  const most = Math.max(...maps.map(({ entries }) => entries.length))
  return [
    `# Release ${manifest.release}, written by Paceline; the next build writes it anew. Belongs into the http block.`,
    '',
    '# Names of files are long. Should your nginx.conf say these already, keep the larger ones there and take these out.',
    `map_hash_bucket_size ${powerOfTwo(Math.max(128, longest + 32))};`,
    `map_hash_max_size ${powerOfTwo(Math.max(2048, most * 2))};`,
    '',
    `geo ${DOLLAR} {`,
    '  default "$";',
    '}',
    '',
    ...maps.map(mapText),
    {
      of: '"\\"$paceline_id-$paceline_coding$paceline_kind\\" $http_if_none_match"',
      as: 'variant_unchanged',
      comment: 'Whether the browser has what would be sent.',
      fallback: '0',
      entries: unchanged,
    },
    {
      of: '"\\"$paceline_id\\" $http_if_none_match"',
      as: 'unchanged',
      comment: 'Likewise, of files as they are.',
      fallback: '0',
      entries: unchanged,
    },
  ]
    .map((part) => (typeof part === 'string' ? part : mapText(part)))
    .concat(upstream(options))
    .join('\n')
}

/** The ETag of the answer, then those of the request: one of them the same, weakly compared, or any. */
const unchanged = [[String.raw`"~^(\"[^\"]+\") (?:\*$|(?:.*[,\s])?(?:W/)?\1(?:[\s,]|$))"`, '1']] as const

function upstream({ collectors, sticky }: ResolvedTargetOptions): string[] {
  if (collectors.length === 0) return []
  const how = sticky === false ? 'least_conn' : sticky === 'ip' ? 'ip_hash' : `hash $cookie_${sticky.cookie} consistent`
  return [
    '# Collectors. One that fails three times within 10 s is left alone for 10 s.',
    'upstream paceline_collectors {',
    `  ${how};`,
    ...collectors.map((server) => `  server ${server} max_fails=3 fail_timeout=10s;`),
    '  keepalive 16;',
    '}',
    '',
  ]
}

function serverConfig(manifest: DeliveryManifest, { root, collectors }: ResolvedTargetOptions): string {
  const prefix = basePath(manifest)
  const { headers } = headerMaps(manifest)
  const hasNotFound = manifest.notFound !== undefined
  const variant = headers.map(([name, as]) => addHeader(name, as === 'type' ? 'variant_type' : as))
  return `# Release ${manifest.release}, written by Paceline. Belongs into the server block, after http.conf was included in the http block.

set $paceline_path $uri;
${hasNotFound ? '\nerror_page 404 /.paceline-not-found;\n' : ''}
location ${prefix}/ {
  root ${root};
  add_header Cache-Control no-cache always;
  add_header X-Content-Type-Options nosniff always;
  if ($paceline_target = "") {
    return 404;
  }
  # A form that was not deployed is no reason to answer nothing.
  if (-f "$document_root/$paceline_variant") {
    rewrite ^ "/.paceline-variant/$paceline_variant" last;
  }
  rewrite ^ "/.paceline-file/$paceline_target" last;
}

location ^~ /.paceline-variant/ {
  internal;
  alias ${root}/;
  gzip off;
  etag off;
  if_modified_since off;
  types { }
  default_type "";
${variant.join('\n')}
  add_header Content-Encoding $paceline_coding;
  add_header ETag "\\"$paceline_id-$paceline_coding$paceline_kind\\"";
  if ($paceline_variant_unchanged) {
    return 304;
  }
}

location ^~ /.paceline-file/ {
  internal;
  alias ${root}/;
  gzip off;
  etag off;
  if_modified_since off;
  types { }
  default_type "";
${headers.map(([name, as]) => addHeader(name, as)).join('\n')}
  add_header ETag "\\"$paceline_id\\"";
  if ($paceline_unchanged) {
    return 304;
  }
}
${hasNotFound ? notFoundLocation(root, manifest.notFound!) : ''}${collectors.length === 0 ? '' : COLLECTORS}`
}

function addHeader(name: string, variable: string): string {
  return `  add_header ${name} $paceline_${variable};`
}

function notFoundLocation(root: string, file: string): string {
  return `
location = /.paceline-not-found {
  internal;
  alias "${root}/${file}";
  gzip off;
  etag off;
  types { }
  default_type "text/html; charset=utf-8";
  add_header Cache-Control no-cache always;
  add_header X-Content-Type-Options nosniff always;
}
`
}

const COLLECTORS = `
location ^~ /__paceline/ {
  proxy_pass http://paceline_collectors;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_connect_timeout 2s;
  # A beacon that arrives twice counts once.
  proxy_next_upstream error timeout http_502 http_503 http_504 non_idempotent;
  proxy_next_upstream_tries 2;
}
`

function siteConfig(dir: string, { listen, serverName }: ResolvedTargetOptions): string {
  return `# An example of a site, for /etc/nginx/conf.d/. Belongs into the http block.

include ${dir}/http.conf;

server {
  listen ${listen};
  server_name ${serverName};
  include ${dir}/server.conf;
}
`
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(least))
}
