import { displayId, formatPlace, plainId } from '@paceline/build-graph'
import type { PacelineError } from '@paceline/kit'
import { chunksError } from '../errors.ts'
import type { ChangedOrder, ChunkCycle, ChunkFault, ChunkStep, EarlyModules, SourceStep } from './chunk-fault.ts'

/** Longer lists of modules end in their number. */
const LISTED = 5

/** A fault as an error with a code, its modules named from the Vite root. */
export function faultError(fault: ChunkFault, root: string): PacelineError {
  // pnpm's store is nothing that anybody wrote.
  const name = (id: string): string => plainId(displayId(id, root)).replace(/node_modules\/\.pnpm\/[^/]+\//, '')
  switch (fault.kind) {
    case 'cycle':
      return chunksError('PACELINE_CHUNK_CYCLE', cycleDetails(fault, name))
    case 'early':
      return chunksError('PACELINE_RUNS_EARLY', earlyDetails(fault, name))
    default:
      return chunksError('PACELINE_ORDER_CHANGED', orderDetails(fault, name))
  }
}

type Naming = (id: string) => string

function cycleDetails({ reason, root, steps }: ChunkCycle, name: Naming): [string, string, readonly string[], string] {
  const last = steps.at(-1)!
  const circle = [...steps.map((step) => step.from), steps[0]!.from].map((file) => `\`${file}\``)
  const because = last.because
  const late = because ? `\`${name(because.importee)}\`` : `\`${last.to}\``
  const early = because ? `\`${name(because.importer)}\`` : `\`${last.from}\``
  const consequences = {
    'runs-before-its-import': `when ${name(root)} is loaded, ${early} runs before ${late}, which it needs`,
    'as-in-source': 'harmless as long as the modules in it keep the order they have in the source',
    'used-later': `harmless as long as ${early} uses ${late} only in functions that are called later`,
  }
  const advice = because
    ? `Put ${early} and ${late} into one chunk, or keep both out of groups.`
    : 'Give the helpers of the bundler a chunk of their own.'
  return [circle.join(' → '), consequences[reason], steps.map((step) => chunkLine(step, name)), advice]
}

function earlyDetails(fault: EarlyModules, name: Naming): [string, string, readonly string[], string] {
  const [first, ...others] = fault.modules.map((id) => `\`${name(id)}\``)
  const listed = others.slice(0, LISTED - 1)
  const more = others.length - listed.length
  const subject = [first!, ...listed, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const asked = fault.meantBy.find((step) => step.kind === 'dynamic')
  const verb = fault.harmful ? 'runs' : 'is downloaded'
  const what = `${verb} with ${name(fault.root)}${asked ? `, before its import()` : ', which never asks for it'}`
  const lines = [
    `it lies in ${fault.chunk}`,
    ...fault.loadedBy.map((step) => chunkLine(step, name)),
    ...(asked ? [`the source asks for it later: ${chainLine(fault.meantBy, name)}`] : []),
  ]
  return [
    subject,
    what,
    lines,
    `Leave it out of the group of ${fault.chunk}, or import it statically where it is needed at once.`,
  ]
}

function orderDetails(fault: ChangedOrder, name: Naming): [string, string, readonly string[], string] {
  const [second, first] = [name(fault.second), name(fault.first)]
  const what = `${fault.styles ? 'comes' : 'runs'} before \`${first}\` when ${name(fault.root)} is loaded; in the source it is the other way round`
  const lines = [
    `${first} in ${fault.chunks[0]}: ${chainLine(fault.chains[0], name)}`,
    `${second} in ${fault.chunks[1]}: ${chainLine(fault.chains[1], name)}`,
    ...(fault.more > 0 ? [`and ${fault.more} more of these chunks`] : []),
  ]
  const advice =
    fault.chunks[0] === fault.chunks[1]
      ? 'Take one of them out of the group.'
      : 'Put both into one chunk, or take the second out of its group.'
  return [`\`${second}\``, what, lines, advice]
}

function chunkLine({ from, to, because }: ChunkStep, name: Naming): string {
  const reason = because ? `${place(because, name)} imports ${name(because.importee)}` : 'of helpers of the bundler'
  return `${from} → ${to} because ${reason}`
}

function chainLine(steps: readonly SourceStep[], name: Naming): string {
  if (steps.length === 0) return 'the root itself'
  const last = steps.at(-1)!
  return [
    ...steps.map((step) => place(step, name) + (step.kind === 'dynamic' ? ' (lazily)' : '')),
    name(last.importee),
  ].join(' → ')
}

function place({ importer, line }: SourceStep, name: Naming): string {
  return formatPlace({ importer: name(importer), importee: '', ...(line !== undefined && { line }) })
}
