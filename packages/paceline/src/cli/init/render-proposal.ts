import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import pc from 'picocolors'
import type { Io } from '../io.ts'
import type { Note } from './move.ts'
import type { FileChange, Proposal } from './propose.ts'

type Colors = ReturnType<typeof pc.createColors>

/** The changes as a patch that `git apply` and `patch -p1` take, in the app's directory. */
export function patchOf(changes: readonly FileChange[]): string {
  return changes
    .map(({ file, before, after }) =>
      createTwoFilesPatch(
        before === undefined ? '/dev/null' : `a/${file}`,
        after === undefined ? '/dev/null' : `b/${file}`,
        before ?? '',
        after ?? '',
        undefined,
        undefined,
        { context: 3, headerOptions: FILE_HEADERS_ONLY },
      ),
    )
    .join('')
}

/** What would change and what would not, for people. */
export function renderProposal(proposal: Proposal, io: Pick<Io, 'color'>): string {
  const colors = pc.createColors(io.color)
  const { replaced, moved, automatic, without, left, changes } = proposal
  const sections = [
    replaced.map(({ tool, instead }) => `${colors.bold(tool)} → ${instead}`),
    section('Moved', moved, (note) => `→ ${note.text}`, colors.green, colors),
    section('Nothing to write', automatic, ({ text }) => text, colors.dim, colors),
    section('No equivalent', without, ({ text }) => text, colors.yellow, colors),
    section('Left as it is', left, ({ text }) => text, colors.yellow, colors),
    colored(patchOf(changes), colors),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function section(
  title: string,
  notes: readonly Note[],
  text: (note: Note) => string,
  paint: (text: string) => string,
  colors: Colors,
): string[] {
  if (notes.length === 0) return []
  const at = Math.max(...notes.map((note) => note.at.length))
  const subject = Math.min(60, Math.max(...notes.map((note) => note.subject.length)))
  return [
    colors.bold(title),
    ...notes.map((note) => `  ${note.at.padEnd(at)}  ${paint(note.subject.padEnd(subject))}  ${text(note)}`),
  ]
}

function colored(patch: string, colors: Colors): string[] {
  if (patch === '') return []
  return patch
    .trimEnd()
    .split('\n')
    .map((line) => {
      if (line.startsWith('---') || line.startsWith('+++')) return colors.bold(line)
      if (line.startsWith('-')) return colors.red(line)
      return line.startsWith('+') ? colors.green(line) : line
    })
}
