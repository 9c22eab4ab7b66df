import { patternSource } from '../../links/path-pattern.ts'
import { fileUrl } from '../../links/route-links.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import { basePath, filePathSources, isFixed, TAKES_PAGES } from '../../policy/resolve-path.ts'
import { choices, deltaChoices, takesSource } from '../negotiation.ts'
import type { ResolvedTargetOptions } from '../target-options.ts'
import type { TargetFile } from '../target.ts'
import { mapKey } from './map-key.ts'

const CODINGS = ['br', 'zstd', 'gzip'] as const

/**
 * Apache 2.4 with mod_rewrite, mod_headers and mod_setenvif: what is sent is looked up in a text map, which Apache keeps in memory.
 * `paceline.conf` goes into the virtual host, as `.htaccess` cannot have maps; mod_negotiation is not used.
 */
export function apache(manifest: DeliveryManifest, options: ResolvedTargetOptions): TargetFile[] {
  const dir = options.configDir ?? '/etc/apache2/paceline'
  const headers = headerSets(manifest)
  const file = (name: string, content: string): TargetFile => ({
    target: 'apache',
    file: name,
    content,
    where: 'config',
  })
  return [
    file('paceline.conf', hostConfig(manifest, options, dir, headers)),
    file('paceline.map', mapText(manifest, headers)),
    file('site.conf', siteConfig(options, dir)),
  ]
}

/** Headers that files share, by a number each: a map holds no spaces. */
type HeaderSets = ReadonlyMap<string, number>

function headerSets(manifest: DeliveryManifest): HeaderSets {
  const texts = new Set(manifest.files.map((file) => JSON.stringify(fileHeaders(manifest, file))))
  return new Map([...texts].map((text, index) => [text, index]))
}

function mapText(manifest: DeliveryManifest, headers: HeaderSets): string {
  const prefix = basePath(manifest)
  const lines: [string, string][] = []
  for (const file of manifest.files) {
    const own = mapKey(file.file)
    lines.push(
      [`at:${mapKey(`${prefix}/${file.file}`)}`, own],
      [`headers:${own}`, `${headers.get(JSON.stringify(fileHeaders(manifest, file)))}`],
    )
    const { encodings = [], formats = [] } = file
    if (encodings.length > 0) lines.push([`codings:${own}`, encodings.map(({ encoding }) => encoding).join(',')])
    for (const one of encodings) lines.push([`${one.encoding}:${own}`, mapKey(one.file)])
    if (formats.length > 0) lines.push([`kinds:${own}`, formats.map(({ type }) => type).join(',')])
    for (const one of formats) lines.push([`${one.type}:${own}`, mapKey(one.file)])
    for (const one of deltaChoices(file)) lines.push([`${one.flags}${one.offered}${own}`, mapKey(one.file)])
  }
  for (const [order, taken, chosen] of choices(
    CODINGS,
    manifest.files.map(({ encodings = [] }) => encodings.map(({ encoding }) => encoding).join(',')),
  )) {
    lines.push([`choose:${order}:${taken}`, chosen])
  }
  const kinds = kindsOf(manifest)
  for (const [order, taken, chosen] of choices(
    kinds,
    manifest.files.map(({ formats = [] }) => formats.map(({ type }) => type).join(',')),
  )) {
    lines.push([`choose:${order}:${taken}`, chosen])
  }
  return `# Release ${manifest.release}, written by Paceline.\n${lines.map(([key, value]) => `${key} ${value}\n`).join('')}`
}

function kindsOf({ files }: DeliveryManifest): string[] {
  return [...new Set(files.flatMap(({ formats = [] }) => formats.map(({ type }) => type)))].sort()
}

function hostConfig(
  manifest: DeliveryManifest,
  { root, collectors, sticky }: ResolvedTargetOptions,
  dir: string,
  headers: HeaderSets,
): string {
  const prefix = basePath(manifest)
  const { directories, extensions } = filePathSources(manifest)
  const fileLike = [directories, `(?i:${extensions})`].filter((source) => source !== undefined).join('|')
  const kinds = kindsOf(manifest)
  return `# Release ${manifest.release}, written by Paceline; the next build writes it anew. Belongs into the virtual host.
# Needs mod_rewrite, mod_headers and mod_setenvif${collectors.length > 0 ? ', mod_proxy_http and mod_proxy_balancer with a method of balancing' : ''}.

DocumentRoot "${root}"
<Directory "${root}">
  Options -Indexes -MultiViews +FollowSymLinks
  AllowOverride None
  Require all granted
  # With the size and the time: another encoding has another size.
  FileETag MTime Size
</Directory>
DirectoryIndex disabled
DirectorySlash Off
TraceEnable Off
${collectors.length > 0 ? balancer(collectors, sticky) : ''}
${CODINGS.map((name) => flagLine('Accept-Encoding', name)).join('\n')}
${['dcb', 'dcz'].map((name) => flagLine('Accept-Encoding', name)).join('\n')}
${kinds.map((name) => flagLine('Accept', name)).join('\n')}

RewriteEngine On
RewriteMap paceline "txt:${dir}/paceline.map"
RewriteMap paceline_escape int:escape
RewriteMap paceline_unescape int:unescape
${collectors.length > 0 ? '\nRewriteRule ^/__paceline/ - [END]\n' : ''}
# The file, by its address; else the page, by its pattern; else nothing.
RewriteRule ^${prefix}/ - [E=PACELINE_TARGET:\${paceline:at:\${paceline_escape:%{REQUEST_URI}}}]
RewriteCond %{REQUEST_URI} "${fileLike}"
RewriteRule ^ - [E=PACELINE_FILE_LIKE:1]
RewriteCond %{HTTP:Accept} "^$|${TAKES_PAGES}" [NC]
RewriteRule ^ - [E=PACELINE_TAKES_PAGES:1]
${manifest.documents.map((document, index) => documentRule(document.pattern, document.file, index)).join('\n')}
${manifest.fallback === undefined ? '' : `RewriteCond %{ENV:PACELINE_TARGET}%{ENV:PACELINE_FILE_LIKE} ^$\nRewriteCond %{ENV:PACELINE_TAKES_PAGES} =1\nRewriteRule ^${prefix}/ - [E=PACELINE_TARGET:${mapKey(manifest.fallback)}]`}
RewriteCond %{ENV:PACELINE_TARGET} ^$
RewriteRule ^${prefix}/ - [R=404,L]

# What is said of it, whatever its encoding.
RewriteRule ^ - [E=PACELINE_HEADERS:h\${paceline:headers:%{ENV:PACELINE_TARGET}},E=no-gzip:1,E=no-brotli:1]

# A delta, another format, an encoding, in this order; a form that was not deployed is no reason to answer nothing.
RewriteCond \${paceline:%{ENV:PACELINE_DCB}%{ENV:PACELINE_DCZ}%{HTTP:Available-Dictionary}%{ENV:PACELINE_TARGET}} ^(.+\\.(dc[bz]))$
RewriteCond %1 ^(.+)\\.(dc[bz])$
RewriteRule ^ - [E=PACELINE_VARIANT:%1.%2,E=PACELINE_CODING:%2]
RewriteCond %{ENV:PACELINE_VARIANT} ^$
RewriteCond \${paceline:choose:\${paceline:kinds:%{ENV:PACELINE_TARGET}}:${kinds.map((name) => `%{ENV:${flag(name)}}`).join('')}} ^(.+)$
RewriteRule ^ - [E=PACELINE_VARIANT:\${paceline:%1:%{ENV:PACELINE_TARGET}},E=PACELINE_KIND:%1]
RewriteCond %{ENV:PACELINE_VARIANT} ^$
RewriteCond \${paceline:choose:\${paceline:codings:%{ENV:PACELINE_TARGET}}:${CODINGS.map((name) => `%{ENV:${flag(name)}}`).join('')}} ^(.+)$
RewriteRule ^ - [E=PACELINE_VARIANT:\${paceline:%1:%{ENV:PACELINE_TARGET}},E=PACELINE_CODING:%1]
RewriteCond %{ENV:PACELINE_VARIANT} !^$
RewriteCond "%{DOCUMENT_ROOT}/\${paceline_unescape:%{ENV:PACELINE_VARIANT}}" !-f
RewriteRule ^ - [E=!PACELINE_VARIANT,E=!PACELINE_CODING,E=!PACELINE_KIND]
RewriteCond %{ENV:PACELINE_VARIANT} ^(.+)$
RewriteRule ^ "/\${paceline_unescape:%1}" [L]
RewriteRule ^ "/\${paceline_unescape:%{ENV:PACELINE_TARGET}}" [L]

${[...headers].map(([text, index]) => headerLines(JSON.parse(text) as Record<string, string>, index)).join('\n')}
${manifest.documents.map(({ links, speculationRules }, index) => documentHeaders(index, links, speculationRules === undefined ? undefined : `"${prefix}/${speculationRules}"`)).join('')}
Header set Content-Encoding "%{PACELINE_CODING}e" env=PACELINE_CODING
Header set Content-Type "%{PACELINE_KIND}e" env=PACELINE_KIND
Header always set Cache-Control no-cache "expr=%{REQUEST_STATUS} == 404 && -z reqenv('PACELINE_HEADERS')"
Header always set X-Content-Type-Options nosniff "expr=%{REQUEST_STATUS} == 404 && -z reqenv('PACELINE_HEADERS')"
${manifest.notFound === undefined ? '' : `ErrorDocument 404 ${fileUrl(manifest.base, manifest.notFound)}`}
`
}

function documentRule(pattern: string, file: string, index: number): string {
  const condition = isFixed(pattern) ? '%{ENV:PACELINE_TARGET}' : '%{ENV:PACELINE_TARGET}%{ENV:PACELINE_FILE_LIKE}'
  return [
    `RewriteCond ${condition} ^$`,
    'RewriteCond %{ENV:PACELINE_TAKES_PAGES} =1',
    `RewriteRule "${patternSource(pattern)}" - [E=PACELINE_TARGET:${mapKey(file)},E=PACELINE_DOCUMENT:d${index}]`,
  ].join('\n')
}

function flag(name: string): string {
  return `PACELINE_${name.toUpperCase().replaceAll(/\W/g, '_')}`
}

/** 1 or 0: an empty variable would leave no place in a key. */
function flagLine(header: string, name: string): string {
  return `SetEnvIfNoCase ${header} ".*" ${flag(name)}=0\nSetEnvIfNoCase ^${header}$ "${takesSource(name)}" ${flag(name)}=1`
}

function headerLines(headers: Readonly<Record<string, string>>, index: number): string {
  return Object.entries(headers)
    .map(([name, value]) => `Header set ${name} ${quote(value)} "expr=reqenv('PACELINE_HEADERS') == 'h${index}'"`)
    .join('\n')
}

function documentHeaders(index: number, links: readonly string[], speculation: string | undefined): string {
  const line = (name: string, value: string): string =>
    `Header set ${name} ${quote(value)} "expr=reqenv('PACELINE_DOCUMENT') == 'd${index}'"\n`
  return `${links.length === 0 ? '' : line('Link', links.join(', '))}${speculation === undefined ? '' : line('Speculation-Rules', speculation)}`
}

/** As an argument; a percent sign would begin a format. */
function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`
}

function balancer(servers: readonly string[], sticky: ResolvedTargetOptions['sticky']): string {
  const route = typeof sticky === 'object' ? ` stickysession=${sticky.cookie}` : ''
  return `
# Which needs a route in the cookie; Apache has no balancing by address.
<Proxy "balancer://paceline">
${servers.map((server, index) => `  BalancerMember "http://${server}" retry=10${route === '' ? '' : ` route=${index}`}`).join('\n')}
  ProxySet lbmethod=byrequests${route}
</Proxy>
ProxyPass "/__paceline/" "balancer://paceline/__paceline/"
ProxyPassReverse "/__paceline/" "balancer://paceline/__paceline/"
`
}

function siteConfig({ listen, serverName }: ResolvedTargetOptions, dir: string): string {
  const [port = '80'] = listen.split(' ')
  return `# An example of a site.\n<VirtualHost *:${port}>\n  ServerName ${serverName.split(' ')[0]}\n  Include ${dir}/paceline.conf\n</VirtualHost>\n`
}
