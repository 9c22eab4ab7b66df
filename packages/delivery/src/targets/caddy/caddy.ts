import type { DeliveryManifest } from '../../manifest.ts'
import { fileHeaders } from '../../policy/file-headers.ts'
import { basePath } from '../../policy/resolve-path.ts'
import type { ResolvedTargetOptions } from '../target-options.ts'
import type { TargetFile } from '../target.ts'
import { fileMap, pathMaps, variantMaps } from './caddy-maps.ts'
import { row, target } from './caddy-text.ts'

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

function headerNames(manifest: DeliveryManifest): string[] {
  return [...new Set(manifest.files.flatMap((file) => Object.keys(fileHeaders(manifest, file))))].sort()
}

function header(variable: string, name: string): string {
  return `    @${variable} expression \`{${variable}} != ""\`\n    header @${variable} ${name} {${variable}}`
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
