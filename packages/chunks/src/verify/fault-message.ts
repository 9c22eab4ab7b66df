import { formatPlace, isVirtual } from '@paceline/build-graph'
import type {
  ChangedOrder,
  ChunkCycle,
  ChunkFault,
  ChunkStep,
  Deadlock,
  EarlyModules,
  SourceStep,
} from './chunk-fault.ts'

/** Longer lists of modules end in their number. */
const LISTED = 5

/** What modules are called. */
export type Naming = (id: string) => string

/** What there is to say about a fault. */
export interface FaultDetails {
  /** What a sentence about it begins with. */
  readonly about: string
  /** What is wrong with that. */
  readonly what: string
  /** Both chains, a line for each step. */
  readonly lines: readonly string[]
  /** What of the lines is not said by the imports to look at. */
  readonly besides: readonly string[]
  readonly advice: string
}

/** Puts a fault into words. */
export function faultDetails(fault: ChunkFault, name: Naming): FaultDetails {
  if (fault.kind === 'cycle') return cycleDetails(fault, name)
  if (fault.kind === 'deadlock') return deadlockDetails(fault, name)
  return fault.kind === 'early' ? earlyDetails(fault, name) : orderDetails(fault, name)
}

function cycleDetails({ reason, root, steps }: ChunkCycle, name: Naming): FaultDetails {
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
  return {
    about: circle.join(' → '),
    what: consequences[reason],
    lines: steps.map((step) => chunkLine(step, name)),
    besides: [],
    advice,
  }
}

function deadlockDetails({ module, target, steps }: Deadlock, name: Naming): FaultDetails {
  const [late, awaited] = [`\`${name(module)}\``, `\`${name(target)}\``]
  const lines = steps.map((step) => chunkLine(step, name))
  return {
    about: late,
    what: `awaits its import() of ${awaited}, which cannot run before it: they wait for each other for ever`,
    lines,
    besides: lines,
    advice: `Take ${late} out of the group of ${steps[0]!.from}, or what ${awaited} needs of it.`,
  }
}

function earlyDetails(fault: EarlyModules, name: Naming): FaultDetails {
  const [first, ...others] = fault.modules.map((id) => `\`${name(id)}\``)
  const listed = others.slice(0, LISTED - 1)
  const more = others.length - listed.length
  const about = [first!, ...listed, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  const asked = fault.meantBy.find((step) => step.kind === 'dynamic')
  const verb = fault.harmful ? (fault.styles ? 'applies' : 'runs') : 'is downloaded'
  const what = `${verb} with ${name(fault.root)}${asked ? `, before its import()` : ', which never asks for it'}`
  const besides = [`it lies in ${fault.chunk}`, ...fault.loadedBy.map((step) => chunkLine(step, name))]
  const lines = [...besides, ...(asked ? [`the source asks for it later: ${chainLine(fault.meantBy, name)}`] : [])]
  return {
    about,
    what,
    lines,
    besides,
    advice: `Leave it out of the group of ${fault.chunk}, or import it statically where it is needed at once.`,
  }
}

function orderDetails(fault: ChangedOrder, name: Naming): FaultDetails {
  const [second, first] = [name(fault.second), name(fault.first)]
  const what = `${fault.styles ? 'comes' : 'runs'} before \`${first}\` when ${name(fault.root)} is loaded; in the source it is the other way round`
  const lines = [
    `${first} in ${fault.chunks[0]}: ${chainLine(fault.chains[0], name)}`,
    `${second} in ${fault.chunks[1]}: ${chainLine(fault.chains[1], name)}`,
    ...(fault.more > 0 ? [`and ${fault.more} more of these chunks`] : []),
    ...(fault.asked === undefined
      ? []
      : [
          `both call ${called(fault.asked, name)}, which may remember the first call; ignore one of them if it does not`,
        ]),
  ]
  const apart = 'Put both into one chunk, or take the second out of its group.'
  const together = 'Take one of them out of the group.'
  const lone = `Vite puts a chunk without scripts behind those that import it: add a script to ${fault.chunks[0]}, or take \`${first}\` out of its group.`
  const advice = fault.alone ? lone : fault.chunks[0] === fault.chunks[1] ? together : apart
  return { about: `\`${second}\``, what, lines, besides: lines.toSpliced(1, 1), advice }
}

/** A module of the app, or packages. */
function called(asked: string, name: Naming): string {
  return isVirtual(asked) ? asked : name(asked)
}

function chunkLine({ from, to, because }: ChunkStep, name: Naming): string {
  const verb = because?.kind === 'dynamic' ? 'awaits' : 'imports'
  const reason = because ? `${place(because, name)} ${verb} ${name(because.importee)}` : 'of helpers of the bundler'
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
