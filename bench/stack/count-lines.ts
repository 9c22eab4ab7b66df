import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Lines that somebody writes, by what they are for. */
export type ConfigLines = Readonly<Record<string, number>>

const SETUPS = join(import.meta.dirname, 'setups')

/**
 * Counts what a stack takes in the app's files, formatted as this repository is: without empty lines and comments. The files are the ones that are measured.
 *
 * @param pictures which of the two image plugins the app has
 */
export function countLines(pictures: 'imagetools' | 'image-optimizer'): {
  readonly peers: ConfigLines
  readonly paceline: ConfigLines
} {
  const lines = (file: string): number => linesOfCode(readFileSync(join(SETUPS, `${file}.mjs`), 'utf8'))
  return {
    peers: { plugins: lines('peers') + lines(pictures), vitals: lines('vitals'), server: lines('serve-peers') },
    paceline: { plugins: lines('paceline'), vitals: 0, server: 0 },
  }
}

/** Comments of these files stand on lines of their own. */
export function linesOfCode(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(?:\/\/|\/\*|\*)/.test(line)).length
}
