import type { SyntaxNode } from '@paceline/build-graph'
import { parseSync } from 'oxc-parser'
import { namesOf, valueOfExport, type Constant, type ReplacedBy } from './constants.ts'
import type { NameLinker } from './link-names.ts'

/** More modules than a constant is handed through. */
const MAX_STEPS = 8

interface ImportedConstantsContext {
  readonly linker: Pick<NameLinker, 'clausesOf'>
  readonly codeOf: (id: string) => string | undefined
  readonly replacedBy?: ReplacedBy | undefined
}

/**
 * Finds the values of names that a module imports: `export const isStaging = import.meta.env.MODE === 'staging'` decides in other modules
 * what they import.
 */
export function importedConstants({
  linker,
  codeOf,
  replacedBy,
}: ImportedConstantsContext): (id: string, local: string) => Constant | undefined {
  const programs = new Map<string, SyntaxNode>()
  const programOf = (id: string): SyntaxNode => {
    const program = programs.get(id) ?? (parseSync('module.js', codeOf(id) ?? '').program as unknown as SyntaxNode)
    programs.set(id, program)
    return program
  }
  const ofImport = (id: string, local: string, steps = 0): Constant | undefined => {
    const clauses = linker.clausesOf(id)
    const taken = clauses?.taken.find((one) => one.local === local)
    return clauses && taken && ofExport(clauses.targets[taken.from] ?? '', taken.name, steps + 1)
  }
  const ofExport = (id: string, name: string, steps: number): Constant | undefined => {
    if (steps > MAX_STEPS || codeOf(id) === undefined) return undefined
    const clauses = linker.clausesOf(id)
    const handed = clauses?.handed.get(name)
    if (handed) return ofExport(clauses?.targets[handed.from] ?? '', handed.name, steps + 1)
    if (!clauses?.own.has(name)) return undefined
    const program = programOf(id)
    const valueOfImported = (inner: string): Constant | undefined => ofImport(id, inner, steps)
    return valueOfExport(program, name, { ...namesOf(program), replacedBy, valueOfImported })
  }
  return ofImport
}
