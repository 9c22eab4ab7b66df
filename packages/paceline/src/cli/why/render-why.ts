import type { ChainStep, Sizes } from '@paceline/build-graph'
import { formatPlace, plainId } from '@paceline/budgets'
import { formatBytes } from '@paceline/kit'
import pc from 'picocolors'
import type { WhyAnswer, WhyLoad } from './explain-subject.ts'

type Colors = ReturnType<typeof pc.createColors>

const LISTED = 8

/** The answer for the terminal. */
export function renderWhy(answer: WhyAnswer, color: boolean): string {
  const colors = pc.createColors(color)
  const { name, kind, version, sizes, modules, chunks, loads, chain } = answer
  const title = `${colors.bold(plainId(name))}${version === undefined ? '' : ` ${version}`}`
  const count = kind === 'package' ? ` in ${modules} ${modules === 1 ? 'module' : 'modules'},` : ' in'
  const weight =
    chunks.length === 0
      ? 'is in the graph, but none of its code was emitted'
      : `${formatBytes(sizes.brotli)} brotli (${formatBytes(sizes.raw)} raw)${count} ${chunks.length} ${chunks.length === 1 ? 'chunk' : 'chunks'}`
  const blocks = [[`${title}  ${weight}`]]
  if (chain.length === 0) blocks.push(['The app starts here: no import brings it in.'])
  blocks.push(...loads.slice(0, LISTED).map((load) => loadLines(load, name, colors)))
  if (loads.length > LISTED) blocks.push([colors.dim(`… and ${loads.length - LISTED} more routes; --json lists all`)])
  if (loads.length === 0 && chain.length > 0) {
    blocks.push([
      `${colors.cyan('later')}  no route loads it at first; removing it saves ${saved(answer.saves)}`,
      `  ${written(chain, name)}`,
    ])
  }
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function loadLines({ load, chain, saves, importers }: WhyLoad, name: string, colors: Colors): string[] {
  const where = load === 'initial' ? 'every visit' : load
  const lines = [`${colors.cyan(where)}  removing it saves ${saved(saves)}`, `  ${written(chain, name)}`]
  const last = chain.at(-1)
  const others = importers.filter(
    (step) => !chain.some((known) => known.importer === step.importer && known.importee === step.importee),
  )
  if (last && others.length > 0) {
    const listed = others.slice(0, LISTED).map(formatPlace).join(', ')
    const more = others.length > LISTED ? ` and ${others.length - LISTED} more` : ''
    lines.push(colors.dim(`  also imported at ${listed}${more}`))
  }
  return lines
}

function saved({ brotli, raw }: Sizes): string {
  return `${formatBytes(brotli)} brotli (${formatBytes(raw)} raw)`
}

function written(chain: readonly ChainStep[], name: string): string {
  return [...chain.map(formatPlace), plainId(name)].join(' → ')
}
