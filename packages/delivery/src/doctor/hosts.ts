/** Who answers, as far as it shows. */
export type Host =
  | 'akamai'
  | 'apache'
  | 'caddy'
  | 'cloudflare'
  | 'cloudfront'
  | 'fastly'
  | 'github-pages'
  | 'netlify'
  | 'nginx'
  | 'paceline'
  | 'unknown'
  | 'vercel'

const BY_HEADER: readonly (readonly [header: string, host: Host])[] = [
  ['x-vercel-id', 'vercel'],
  ['x-nf-request-id', 'netlify'],
  ['x-github-request-id', 'github-pages'],
  ['cf-ray', 'cloudflare'],
  ['x-amz-cf-id', 'cloudfront'],
  ['x-akamai-transformed', 'akamai'],
  ['x-served-by', 'fastly'],
]

/** The platform behind an answer. A CDN in front hides what is behind it. */
export function detectHost(headers: Readonly<Record<string, string>>): Host {
  const byHeader = BY_HEADER.find(([name]) => headers[name] !== undefined)?.[1]
  if (byHeader) return byHeader
  const server = (headers['server'] ?? '').toLowerCase()
  const byName: readonly Host[] = ['nginx', 'caddy', 'apache', 'netlify', 'vercel', 'cloudflare', 'paceline']
  return byName.find((name) => server.includes(name)) ?? (server.includes('github') ? 'github-pages' : 'unknown')
}

/** Hosts that send files as they are, or as they encode them themselves: they choose among no files of ours. */
export const STATIC_HOSTS: ReadonlySet<Host> = new Set(['github-pages', 'netlify', 'vercel'])

const CONFIGURED: Readonly<Partial<Record<Host, string>>> = {
  nginx: 'Include `.paceline/delivery/nginx/http.conf` and `server.conf` of this release and reload nginx',
  caddy: 'Import `.paceline/delivery/caddy/paceline.caddy` of this release and reload Caddy',
  apache: 'Include `.paceline/delivery/apache/paceline.conf` of this release and reload Apache',
  netlify: "Build with `targets: ['netlify']` and deploy `_headers` and `_redirects` with the output",
  vercel: 'Merge `.paceline/delivery/vercel/vercel.json` into yours and deploy again',
  cloudflare: "Deploy `.paceline/delivery/cloudflare/worker.js`, or `_headers` of `targets: ['cloudflare']`",
  paceline: 'Give `paceline serve` the output and the manifest of one build',
  'github-pages':
    'GitHub Pages sends the same headers for all files: put a CDN in front of it, or move to another host',
}

/** How the headers of files are set where this site is. */
export function configureHost(host: Host): string {
  return CONFIGURED[host] ?? 'Configure whatever delivers the files as `.paceline/delivery/` says for its kind'
}
