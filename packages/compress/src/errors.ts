import { defineErrors, type ErrorFactory } from '@paceline/kit'

/** Messages show so many of what is wrong; the rest is a number. */
const SHOWN = 10

const catalogue = {
  PACELINE_COMPRESS_FILENAME: (file: string, name: string, problem: string): string =>
    `\`compress.filename\` gives a name that cannot be used; received '${name}' for '${file}', ${problem}. Leave it out, or make names with [path] and [base].`,
  PACELINE_COMPRESS_ARTIFACT_MISSING: (src: string): string =>
    `\`compress.artifacts\` names a file that is not there; received '${src}'. Paths are relative to the Vite root.`,
  PACELINE_COMPRESS_FAILED: (reasons: readonly string[]): string =>
    `\`compress\` could not compress ${counted(reasons.length, 'file')}:\n${listed(reasons)}`,
  PACELINE_LEDGER_MISMATCH: (problems: readonly string[]): string =>
    `\`compress\` ends with ${counted(problems.length, 'file')} whose siblings are not right:\n${listed(problems)}\nWhat writes files must do so in \`writeBundle\` or \`closeBundle\`, and wait for it there.`,
}

/** What can go wrong while the output is compressed. */
export const compressError: ErrorFactory<typeof catalogue> = defineErrors(catalogue)

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function listed(lines: readonly string[]): string {
  const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : []
  return [...lines.slice(0, SHOWN), ...more].map((line) => `  ${line}`).join('\n')
}
