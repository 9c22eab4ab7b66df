import { parseSync } from 'oxc-parser'

/**
 * The code of a chunk without what is there only because there are several chunks: import and export statements and
 * Vite's table of preloads.
 *
 * @throws {Error} When the code is no module.
 */
export function stripGlue(code: string): string {
  const { program, errors } = parseSync('chunk.js', code, { sourceType: 'module' })
  if (errors.length > 0) throw new Error(`\`code\` is no module; ${errors[0]?.message}. Pass a whole chunk.`)
  let kept = ''
  let at = 0
  for (const statement of program.body) {
    if (!isGlue(statement)) continue
    kept += code.slice(at, statement.start)
    at = statement.end
  }
  return kept + code.slice(at)
}

type Statement = ReturnType<typeof parseSync>['program']['body'][number]

function isGlue(statement: Statement): boolean {
  switch (statement.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return true
    case 'ExportNamedDeclaration':
      return statement.declaration === null
    case 'VariableDeclaration':
      return statement.declarations.some(({ id }) => id.type === 'Identifier' && id.name === '__vite__mapDeps')
    default:
      return false
  }
}
