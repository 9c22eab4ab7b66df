import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * A page of several sections, each under a heading of the first level, with one of them replaced or added at the end. The
 * heading says which one.
 *
 * @throws {Error} When the section does not begin with its heading.
 */
export function withSection(page: string, section: string): string {
  const heading = headingOf(section)
  if (heading === undefined)
    throw new Error(
      `\`section\` must begin with a heading; received "${section.slice(0, 20)}". Write \`# Title\` first.`,
    )
  const sections = page.split(/^(?=# )/m).filter((text) => text.trim() !== '')
  const at = sections.findIndex((text) => headingOf(text) === heading)
  const all = at === -1 ? [...sections, section] : sections.with(at, section)
  return all.map((text) => `${text.trimEnd()}\n`).join('\n')
}

/** Writes a section into a page on disk. */
export function writeSection(file: string, section: string): void {
  writeFileSync(file, withSection(existsSync(file) ? readFileSync(file, 'utf8') : '', section))
}

function headingOf(text: string): string | undefined {
  return /^# .*/.exec(text)?.[0]
}
