/** Owners of a path, as the last rule of a CODEOWNERS file that matches it says. */
export type OwnersOf = (path: string) => readonly string[]

/**
 * Reads a CODEOWNERS file (https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners):
 * patterns as in .gitignore, without negation and without sets of characters; the last that matches wins, and one without owners means nobody.
 */
export function parseCodeOwners(text: string): OwnersOf {
  const rules = text.split('\n').flatMap((line) => {
    const [pattern, ...owners] = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    return pattern ? [{ matches: matcher(pattern), owners }] : []
  })
  rules.reverse()
  return (path) => rules.find(({ matches }) => matches.test(path))?.owners ?? []
}

function matcher(pattern: string): RegExp {
  // A slash at the beginning or inside binds a pattern to the root; one at the end makes it a directory.
  const isRooted = pattern.replace(/\/$/, '').includes('/')
  const body = pattern
    .replace(/^\//, '')
    .replace(/\/$/, '/**')
    .split(/(\*\*\/|\/\*\*$|\*|\?)/)
    .map((part) => WILDCARDS[part] ?? part.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`))
    .join('')
  // What a pattern names may be a directory, with all that is in it; `docs/*` is only the files in it.
  const end = pattern.endsWith('/*') ? '$' : '(?:/.*)?$'
  return new RegExp(`^${isRooted ? '' : '(?:.*/)?'}${body}${end}`)
}

const WILDCARDS: Readonly<Record<string, string>> = { '**/': '(?:.*/)?', '/**': '/.*', '*': '[^/]*', '?': '[^/]' }
