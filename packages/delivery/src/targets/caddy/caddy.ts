import { escapeExpression, patternSource } from '../../links/path-pattern.ts'
import type { DeliveryManifest } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import { basePath, filePathSources, isFixed, TAKES_PAGES } from '../../policy/resolve-path.ts'
import { choices, deltaChoices, takesSource } from '../negotiation.ts'
import type { ResolvedTargetOptions } from '../target-options.ts'
import type { TargetFile } from '../target.ts'

type Row = readonly [input: string, ...outputs: readonly string[]]

/**
 * Caddy as it comes: what is sent is looked up in maps, as for nginx. `paceline.caddy` is imported into the site; `Caddyfile` is an example of
 * one.
 */
export function caddy(manifest: DeliveryManifest, options: ResolvedTargetOptions): TargetFile[] {
  const dir = options.configDir ?? '/etc/caddy/paceline'
  const site = `# An example of a site.\n${siteAddress(options)} {\n  import ${dir}/paceline.caddy\n}\n`
  return [
    { target: 'caddy', file: 'paceline.caddy', content: routes(manifest, options), where: 'config' },
    { target: 'caddy', file: 'Caddyfile', content: site, where: 'config' },
  ]
}

function siteAddress({ listen, serverName }: ResolvedTargetOptions): string {
  const port = /(\d+)(?!.*\d)/.exec(listen.split(' ')[0] ?? '')?.[1] ?? '80'
  return port === '443' ? serverName.split(' ').join(', ') : `:${port}`
}

function routes(manifest: DeliveryManifest, options: ResolvedTargetOptions): string {
  const prefix = basePath(manifest)
  const headers = headerNames(manifest)
  return `# Release ${manifest.release}, written by Paceline; the next build writes it anew.
${collectors(options)}
handle ${prefix}/* {
  root * ${options.root}
  route {
${pathMaps(manifest).join('\n')}
${fileMap(manifest, headers)}
${variantMaps(manifest).join('\n')}
    @missing expression \`{paceline_target} == ""\`
    error @missing 404
    @page expression \`{paceline_found} == ""\`
    map {paceline_document} {paceline_link} {paceline_speculation} {
${manifest.documents.map((document, index) => row([`d${index}`, document.links.join(', '), document.speculationRules === undefined ? '' : `"${prefix}/${document.speculationRules}"`])).join('\n')}
      default "" ""
    }
${headers.map((name, index) => header(`paceline_header${index}`, name)).join('\n')}
    @paceline_link expression \`{paceline_found} == "" && {paceline_link} != ""\`
    header @paceline_link Link {paceline_link}
    @paceline_speculation expression \`{paceline_found} == "" && {paceline_speculation} != ""\`
    header @paceline_speculation Speculation-Rules {paceline_speculation}
    # A form that was not deployed is no reason to answer nothing.
    @variant {
      expression \`{paceline_variant} != ""\`
      file {
        try_files {paceline_variant}
      }
    }
    handle @variant {
      @encoded expression \`{paceline_coding} != ""\`
      header @encoded Content-Encoding {paceline_coding}
      @picture expression \`{paceline_kind} != ""\`
      header @picture Content-Type {paceline_kind}
      rewrite * {paceline_variant}
      file_server
    }
    handle {
      rewrite * {paceline_target}
      file_server
    }
  }
}

handle_errors {
  header Cache-Control no-cache
  header X-Content-Type-Options nosniff
${manifest.notFound === undefined ? '  respond "{http.error.status_code} {http.error.status_text}"' : `  root * ${options.root}\n  rewrite * ${target(manifest.notFound)}\n  file_server`}
}
`
}

function pathMaps(manifest: DeliveryManifest): string[] {
  const prefix = basePath(manifest)
  const { directories, extensions } = filePathSources(manifest)
  const shell =
    manifest.fallback === undefined
      ? []
      : ([[`~^10::${escapeExpression(prefix)}/`, 'shell', target(manifest.fallback)]] as const)
  return [
    map(
      '{path}',
      ['found'],
      manifest.files.map(({ file }) => [`${prefix}/${file}`, target(file)]),
    ),
    map(
      '{path}',
      ['file_like'],
      [...(directories === undefined ? [] : [[`~${directories}`, 'yes'] as const]), [`~(?i)${extensions}`, 'yes']],
      'no',
    ),
    map(
      '{header.Accept}',
      ['takes_pages'],
      [
        ['~^$', 'yes'],
        [`~(?i)${TAKES_PAGES}`, 'yes'],
      ],
      'no',
    ),
    // Yes and no as digits, which a later map can tell apart in one expression.
    map(
      '{paceline_takes_pages}{paceline_file_like}',
      ['page_key'],
      [
        ['yesno', '10'],
        ['yesyes', '11'],
      ],
      '00',
    ),
    map(
      '{paceline_page_key}:{paceline_found}:{path}',
      ['document', 'page'],
      [
        ...manifest.documents.map(({ pattern, file }, index): Row => [
          `~^1${isFixed(pattern) ? '[01]' : '0'}::${patternSource(pattern).slice(1)}`,
          `d${index}`,
          target(file),
        ]),
        ...shell,
      ],
    ),
    // Of the two one is empty. What is put together stands in a default: elsewhere placeholders stay as they are.
    map('{path}', ['target'], [], '{paceline_found}{paceline_page}'),
  ]
}

/** Everything that is said of a file, in one table. */
function fileMap(manifest: DeliveryManifest, names: readonly string[]): string {
  const codings = manifest.files.map((file): Row => [
    target(file.file),
    ...names.map((name) => literal(fileHeaders(manifest, file)[name] ?? '')),
    (file.encodings ?? []).map(({ encoding }) => encoding).join(',') || 'none',
    (file.formats ?? []).map(({ type }) => type).join(',') || 'none',
  ])
  return map('{paceline_target}', [...names.map((_, index) => `header${index}`), 'codings', 'kinds'], codings)
}

function variantMaps({ files }: DeliveryManifest): string[] {
  const codings = ['br', 'zstd', 'gzip']
  const kinds = [...new Set(files.flatMap(({ formats = [] }) => formats.map(({ type }) => type)))].sort()
  const flag = (name: string): string => `takes_${name.replaceAll(/\W/g, '_')}`
  const takes = (header: string, name: string): string =>
    map(`{header.${header}}`, [flag(name)], [[`~(?i)${takesSource(name)}`, '1']], '0')
  const flags = (names: readonly string[]): string => names.map((name) => `{paceline_${flag(name)}}`).join('')
  const rows = (names: readonly string[], orders: readonly string[]): Row[] =>
    choices(names, orders).map(([order, taken, chosen]) => [`${order}:${taken}`, chosen])
  return [
    ...[...codings, 'dcb', 'dcz'].map((name) => takes('Accept-Encoding', name)),
    ...kinds.map((name) => takes('Accept', name)),
    map(
      `{paceline_codings}:${flags(codings)}{paceline_delta}{paceline_picture}`,
      ['chosen'],
      rows(
        codings,
        files.map(({ encodings = [] }) => encodings.map(({ encoding }) => encoding).join(',')),
      ),
    ),
    map(
      `{paceline_kinds}:${flags(kinds)}`,
      ['kind'],
      rows(
        kinds,
        files.map(({ formats = [] }) => formats.map(({ type }) => type).join(',')),
      ),
    ),
    map(
      `{paceline_chosen}:{paceline_target}`,
      ['encoded'],
      files.flatMap(({ file, encodings = [] }) =>
        encodings.map((one): Row => [`${one.encoding}:${target(file)}`, target(one.file)]),
      ),
    ),
    map(
      `{paceline_kind}:{paceline_target}`,
      ['picture'],
      files.flatMap(({ file, formats = [] }) =>
        formats.map((one): Row => [`${one.type}:${target(file)}`, target(one.file)]),
      ),
    ),
    map(
      `${flags(['dcb', 'dcz'])}{header.Available-Dictionary}{paceline_target}`,
      ['delta', 'delta_coding'],
      files.flatMap((file) =>
        deltaChoices(file).map((one): Row => [
          `${one.flags}${one.offered}${target(file.file)}`,
          target(one.file),
          one.file.slice(-3),
        ]),
      ),
    ),
    map('{path}', ['variant'], [], '{paceline_delta}{paceline_picture}{paceline_encoded}'),
    map('{path}', ['coding'], [], '{paceline_delta_coding}{paceline_chosen}'),
  ]
}

function headerNames(manifest: DeliveryManifest): string[] {
  return [...new Set(manifest.files.flatMap((file) => Object.keys(fileHeaders(manifest, file))))].sort()
}

function header(variable: string, name: string): string {
  return `    @${variable} expression \`{${variable}} != ""\`\n    header @${variable} ${name} {${variable}}`
}

function map(source: string, names: readonly string[], rows: readonly Row[], fallback = ''): string {
  const variables = names.map((name) => `{paceline_${name}}`).join(' ')
  const defaults = names.map(() => quote(fallback)).join(' ')
  return [`    map ${quote(source)} ${variables} {`, ...rows.map(row), `      default ${defaults}`, '    }'].join('\n')
}

function row(cells: Row): string {
  return `      ${cells.map(quote).join(' ')}`
}

/** As one token of a Caddyfile. In back quotes nothing is escaped. */
function quote(text: string): string {
  return text.includes('`') ? `"${text.replaceAll('"', String.raw`\"`)}"` : `\`${text}\``
}

/** Braces would begin a placeholder. */
function literal(text: string): string {
  return text.replaceAll('{', String.raw`\{`)
}

/** The path that a rewrite leads to: as it is, since only newer releases of Caddy decode it. */
function target(file: string): string {
  return `/${file}`
}

function collectors({ collectors: servers, sticky }: ResolvedTargetOptions): string {
  if (servers.length === 0) return ''
  const how = sticky === false ? 'least_conn' : sticky === 'ip' ? 'ip_hash' : `cookie ${sticky.cookie}`
  return `
handle /__paceline/* {
  reverse_proxy ${servers.join(' ')} {
    lb_policy ${how}
    lb_try_duration 2s
    max_fails 3
    fail_duration 10s
  }
}
`
}
