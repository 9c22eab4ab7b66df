import type { ChainStep, Sizes } from '@paceline/build-graph'
import { formatPlace, plainId } from '@paceline/build-graph'
import { formatBytes, formatDelta } from '@paceline/kit'
import pc from 'picocolors'
import { leftLines } from '../rebuild/render-left.ts'
import { routeLines } from '../rebuild/render-routes.ts'
import type { CheapestCut } from './cheapest-cut.ts'
import type { WhyAnswer, WhyCopy, WhyLoad } from './explain-subject.ts'
import type { MeasuredCut } from './measure-cut.ts'

type Colors = ReturnType<typeof pc.createColors>

const LISTED = 8
const STARTS = 'The app starts here: no import brings it in.'
const UNREACHED = 'No imports lead here from where the app starts: something else asks for it, such as a plugin.'
const CUT_LISTED = 12

export interface WhyStyle {
  readonly color: boolean
  /** Every chain instead of the shortest. */
  readonly all: boolean
  /** What the cheapest cut was measured to save. */
  readonly measured?: MeasuredCut | undefined
}

/** The answer for the terminal. */
export function renderWhy(answer: WhyAnswer, { color, all, measured }: WhyStyle): string {
  const colors = pc.createColors(color)
  const { name, kind, version = '', copies = [], sizes, modules, chunks, loads, chain } = answer
  const versions = copies.length > 0 ? [...new Set(copies.map((copy) => copy.version))].join(', ') : version
  const title = `${colors.bold(plainId(name))} ${versions}`.trimEnd()
  const count = kind === 'package' ? ` in ${modules} ${modules === 1 ? 'module' : 'modules'},` : ' in'
  const inlined = chunks.length === 0 ? inlinedIn(chain) : undefined
  const weight =
    chunks.length === 0
      ? inlined === undefined
        ? 'is in the graph, but none of its code was emitted'
        : `is a part of ${inlined}; its bytes count there`
      : `${formatBytes(sizes.brotli)} brotli (${formatBytes(sizes.raw)} raw)${count} ${chunks.length} ${chunks.length === 1 ? 'chunk' : 'chunks'}`
  const blocks = [[`${title}  ${weight}`]]
  if (copies.length > 0) blocks.push(copyLines(copies, name, colors))
  if (chain.length === 0) blocks.push([answer.starts ? STARTS : UNREACHED])
  const shown = new Set<string>()
  const listed = all ? loads : loads.slice(0, LISTED)
  blocks.push(...listed.map((load) => loadLines(load, name, all ? shown : undefined, colors)))
  if (loads.length > listed.length)
    blocks.push([colors.dim(`… and ${loads.length - LISTED} more routes; --json lists all`)])
  if (loads.length === 0 && chain.length > 0) {
    blocks.push([
      inlined === undefined
        ? `${colors.cyan('later')}  no route loads it at first; removing it saves ${saved(answer.saves)}`
        : `${colors.cyan('inlined')}  with the rest of the worker`,
      `  ${written(chain, name)}`,
    ])
  }
  if (answer.cut) blocks.push(cutLines(answer, answer.cut, colors))
  else if (chain.length > 0)
    blocks.push(['No imports of the app can be taken out to be rid of it: what imports it leads to several pages.'])
  if (measured) blocks.push(measuredLines(measured, answer.cut!, colors))
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** The worker whose text holds all that it imports, and so what a chain leads to. */
function inlinedIn(chain: readonly ChainStep[]): string | undefined {
  return chain.find(({ importer }) => /[?&](?:shared)?worker\b/.test(importer) && /[?&]inline\b/.test(importer))
    ?.importer
}

/** Two copies are two questions: who brings in which. */
function copyLines(copies: readonly WhyCopy[], name: string, colors: Colors): string[] {
  const lines = copies.map(({ version, path, chain }) => `  ${version} in ${path}: ${written(chain, name)}`)
  return [`${colors.cyan('bundled')}  ${copies.length} times`, ...lines]
}

/** Said where it is not plain from the chains: one import there is the one to take out. */
function cutLines(answer: WhyAnswer, { imports, loses, estimate }: CheapestCut, colors: Colors): string[] {
  const { loads, importers } = answer
  const direct = loads.length > 0 ? loads.flatMap((load) => load.importers) : importers
  const places = imports.map(formatPlace)
  const count = imports.length === 1 ? 'one import' : `${imports.length} imports`
  const saves = answer.chunks.length === 0 ? '' : `, which saves about ${saved(estimate)}`
  const isDirect = places.every((place) => direct.map(formatPlace).includes(place))
  const lines = [
    `${colors.cyan('cheapest cut')}  ${count}${saves}${loads.length > 1 ? ' where it is heaviest' : ''}`,
    ...places.slice(0, CUT_LISTED).map((place, index) => `  ${place} → ${plainId(imports[index]!.importee)}`),
  ]
  if (places.length > CUT_LISTED) lines.push(colors.dim(`  … and ${places.length - CUT_LISTED} more; --json lists all`))
  if (!isDirect && loses.length > 0) {
    const named = loses.slice(0, 3).map(plainId).join(', ')
    const more = loses.length > 3 ? ` and ${loses.length - 3} more` : ''
    lines.push(
      colors.dim(
        `  ${named}${more} ${loses.length === 1 ? 'goes' : 'go'} with it: load ${loses.length === 1 ? 'it' : 'them'} lazily instead`,
      ),
    )
  }
  return lines
}

function measuredLines(measured: MeasuredCut, { estimate, kinds }: CheapestCut, colors: Colors): string[] {
  const { loads, left, enough, saves } = measured
  const estimated = enough || estimate.brotli === 0 ? '' : ` where ${formatBytes(estimate.brotli)} was estimated`
  const most = Math.max(0, ...loads.routes.map((route) => route.saves))
  const figures = kinds.includes('dynamic')
    ? `all JS and CSS ${formatDelta(-saves)}${estimated}`
    : `${formatDelta(-loads.saves)} per route (mean of ${formatBytes(loads.before)}), at most ${formatBytes(most)}${estimated}`
  return [
    `${colors.cyan('rebuilt without')}  ${figures}`,
    ...(enough ? [`  ${enough.map(formatPlace).join(', ')} alone: tree shaking has emptied the other ways to it`] : []),
    ...routeLines(loads.routes, colors),
    ...leftLines(left, colors),
    colors.dim('  Brotli, exact. Whether the app still works was not checked.'),
  ]
}

function loadLines(
  { load, chain, chains, saves, importers }: WhyLoad,
  name: string,
  shown: Set<string> | undefined,
  colors: Colors,
): string[] {
  const where = load === 'initial' ? 'every visit' : load
  const title = `${colors.cyan(where)}  removing it saves ${saved(saves)}`
  if (shown) {
    // Every import once: routes share most of what they load.
    const fresh = chains.filter((_, index) => isNew(formatPlace(importers[index]!), shown))
    const known = chains.length - fresh.length
    const rest = fresh.length === 0 ? 'by what is imported above' : `and by ${known} of the imports above`
    return [title, ...fresh.map((one) => `  ${written(one, name)}`), ...(known > 0 ? [colors.dim(`  ${rest}`)] : [])]
  }
  const lines = [title, `  ${written(chain, name)}`]
  const last = chain.at(-1)
  const others = importers.filter(
    (step) => !chain.some((known) => known.importer === step.importer && known.importee === step.importee),
  )
  if (last && others.length > 0) {
    const listed = others.slice(0, LISTED).map(formatPlace).join(', ')
    const more = others.length > LISTED ? ` and ${others.length - LISTED} more` : ''
    lines.push(colors.dim(`  also imported at ${listed}${more}; --all shows how`))
  }
  return lines
}

function isNew(value: string, known: Set<string>): boolean {
  const before = known.size
  return known.add(value).size > before
}

function saved({ brotli, raw }: Sizes): string {
  return `${formatBytes(brotli)} brotli (${formatBytes(raw)} raw)`
}

function written(chain: readonly ChainStep[], name: string): string {
  return [...chain.map(formatPlace), plainId(name)].join(' → ')
}
