import { DESCRIPTIONS } from './strategies.ts'
import type { AppResults, StrategySummary } from './summarise-app.ts'

/** The section of one app. */
export function renderApp({ app, vite, modules, strategies, failures }: AppResults): string {
  const [base] = strategies
  const routes = base?.routes.length ?? 0
  const bound = base?.beyondBound === undefined ? undefined : 1 / (1 + base.beyondBound)
  const failed = Object.entries(failures).map(([name, why]) => `* ${name} does not build: ${why.split('\n')[0]}\n`)
  return `### ${app}

Vite ${vite}, ${modules} modules, ${routes} routes.${bound === undefined ? '' : ` The bound is ${bound.toFixed(3)}× the default.`}

| strategy | first load, kB | ÷ default | requests (most) | beyond bound | waste | CSS, kB | document, kB | worse routes | leaf edit, kB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${strategies.map((strategy) => row(strategy, base)).join('\n')}
${failed.length === 0 ? '' : `\n${failed.join('')}`}`
}

function row(strategy: StrategySummary, base: StrategySummary | undefined): string {
  const { name, js, ratio, requests, mostRequests, beyondBound, waste, css, document, worse, leaf } = strategy
  return `| ${[
    name,
    kilobytes(js),
    `${ratio.toFixed(3)}×`,
    `${requests.toFixed(1)} (${mostRequests})`,
    beyondBound === undefined ? '–' : percent(beyondBound),
    percent(waste),
    kilobytes(css),
    kilobytes(document),
    String(worse.length),
    leaf === undefined ? '–' : leafCell(leaf, base?.leaf),
  ].join(' | ')} |`
}

function leafCell(leaf: number, base: number | undefined): string {
  return base === undefined ? kilobytes(leaf) : `${kilobytes(leaf)} (${percent(leaf / base)})`
}

/** The strategies in words. */
export function renderStrategies(): string {
  return Object.entries(DESCRIPTIONS)
    .map(([name, what]) => `* ${name}: ${what}`)
    .join('\n')
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 10_000 ? 2 : 1)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
