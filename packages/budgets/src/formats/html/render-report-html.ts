import { createHash } from 'node:crypto'
import type { BuildReport, FileSizes } from '@paceline/build-graph'
import { initialScripts } from '../../core/measure-loads.ts'
import { diffReports } from '../../diff/diff-reports.ts'
import { sumFileSizes } from '../../diff/sizes.ts'
import { count } from '../figures.ts'
import { verdictLine } from '../verdict-line.ts'
import { escapeHtml, jsonInScript } from './escape-html.ts'
import { pageAssets } from './page-assets.ts'
import { verdictsHtml } from './verdicts-html.ts'

export interface ReportHtmlOptions {
  /** Adds what changed and why. */
  readonly baseline?: BuildReport | undefined
  /** How the baseline is called. @default its release */
  readonly baselineName?: string | undefined
  /** Who made the page, e.g. `paceline 0.1.0`. */
  readonly generatedBy?: string | undefined
  /** Address of the treemap, relative to the page. @default no link */
  readonly treemap?: string | undefined
}

/**
 * The report as one page that needs nothing else: no network, styles and scripts inside it, both named by their hash in
 * its content security policy. The verdicts are plain HTML; tables and chains are drawn by the script, long ones only
 * when somebody looks. The same input gives the same page.
 */
export function renderReportHtml(report: BuildReport, options: ReportHtmlOptions = {}): string {
  const { style, script } = pageAssets()
  const { baseline } = options
  const diff = baseline ? diffReports(baseline, report) : undefined
  const data = jsonInScript({ report, ...(diff ? { diff } : {}) })
  const policy = `default-src 'none'; style-src ${sha(style)}; script-src ${sha(script)}; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(titleOf(report))} · Paceline</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#verdicts">Skip to the verdicts</a>
<div class="page">
${headHtml(report, options)}
${barHtml({ changes: diff, images: report.images, delivery: report.delivery, precache: report.serviceWorker })}
<main>
${section('verdicts', 'Verdicts', '', verdictsHtml(report.budgets, report.rules))}
${diff ? section('changes', 'What changed', `Against ${escapeHtml(options.baselineName ?? `release ${diff.before}`)}, and through which imports.`) : ''}
${section('routes', 'Routes', 'What a visitor who lands on each route downloads, and what one who is already inside the app adds.')}
${section('packages', 'Packages', 'What the code of each package weighs in all chunks together.')}
${section('chunks', 'Chunks', "Every byte of a compressed file belongs to a module, so a chunk's modules add up to it.")}
${report.images ? section('images', 'Images', 'What was made of each image of the app. Its files and their widths are behind its name.') : ''}
${report.delivery ? section('delivery', 'Delivery', 'What somebody downloads who was here before, in brotli or as deltas whatever the switch says, and what made files change.') : ''}
${report.serviceWorker ? section('precache', 'Precache', 'What the service worker stores when it is installed.') : ''}
${section('why', 'Why is this here?', 'The shortest chain of imports from the entry to a package or module.', WHY)}
${section('files', 'Files', 'Everything that was emitted, without source maps and compressed siblings.')}
</main>
<footer class="foot">Sizes are bytes as served: gzip at level 9, brotli at quality 11, zstd at level 19; 1 kB = 1000 bytes. Release <code>${escapeHtml(report.release)}</code>${options.generatedBy ? `, made by ${escapeHtml(options.generatedBy)}` : ''}.</footer>
</div>
<script type="application/json" id="data">${data}</script>
<script>${script}</script>
</body>
</html>
`
}

const WHY = `<form class="search" role="search"><label for="why-name">Package or module</label><input id="why-name" type="search" autocomplete="off" spellcheck="false" placeholder="react-dom, src/app.tsx, …"></form>
<ul class="hits" id="why-hits"></ul>
<div id="why-answer" tabindex="-1" aria-live="polite"></div>`

function section(id: string, title: string, lead: string, content = ''): string {
  const noscript = content === '' ? '<noscript><p>This part is drawn by a script.</p></noscript>' : ''
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${lead === '' ? '' : `<p class="lead">${lead}</p>`}${content}<div id="${id}-body">${noscript}</div></section>`
}

function titleOf(report: BuildReport): string {
  const { text } = verdictLine(report)
  return text[0]!.toUpperCase() + text.slice(1)
}

function headHtml(report: BuildReport, { treemap }: ReportHtmlOptions): string {
  const { status } = verdictLine(report)
  const documents = initialScripts(report).map(({ id, files }) => {
    return { id, sizes: sumFileSizes(report.files.filter(({ file }) => files.includes(file))) }
  })
  const first = documents.toSorted((a, b) => b.sizes.brotli - a.sizes.brotli)[0]!
  const heaviest = report.routes.toSorted((a, b) => b.firstLoad.brotli - a.firstLoad.brotli)[0]
  const link = treemap === undefined ? '' : `<a class="right" href="${escapeHtml(treemap)}">Treemap</a>`
  return `<header>
<div class="head"><h1>Paceline</h1><span>release <code>${escapeHtml(report.release)}</code></span><span>${count(report.routes.length, 'route')}, ${count(report.chunks.length, 'chunk')}, ${count(report.modules.length, 'module')}</span>${link}</div>
<div class="verdict ${status}"><h2>${titleOf(report)}</h2>
<dl class="facts">
${fact(documents.length > 1 ? `Initial JavaScript, ${first.id}` : 'Initial JavaScript', first.sizes)}
${heaviest ? fact(`Heaviest route, ${heaviest.id}`, heaviest.firstLoad) : ''}
${fact('All files', sumFileSizes(report.files))}
</dl></div>
</header>`
}

/** A size that follows the switch; brotli until the script runs. */
function fact(label: string, { raw, gzip, brotli }: FileSizes): string {
  const sizes = escapeHtml(JSON.stringify({ raw, gzip, brotli }))
  return `<div><dt>${escapeHtml(label)}</dt><dd data-figure="${sizes}">${brotli.toLocaleString('en-US')} B <small>brotli</small></dd></div>`
}

/** @param parts those that not every report has, with what is in them */
function barHtml(parts: Readonly<Record<string, object | undefined>>): string {
  const all = ['verdicts', 'changes', 'routes', 'packages', 'chunks', 'images', 'delivery', 'precache', 'why', 'files']
  const shown = all.filter((part) => !(part in parts) || parts[part] !== undefined)
  const links = shown.map((part) => `<a href="#${part}">${part[0]!.toUpperCase()}${part.slice(1)}</a>`)
  const choice = (name: string): string =>
    `<label><input type="radio" name="encoding" value="${name}"${name === 'brotli' ? ' checked' : ''}><span>${name}</span></label>`
  return `<div class="bar"><nav aria-label="Parts of this page">${links.join('')}</nav><fieldset class="switch"><legend>Encoding of the figures</legend>${['raw', 'gzip', 'brotli'].map(choice).join('')}</fieldset></div>`
}

function sha(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
}
