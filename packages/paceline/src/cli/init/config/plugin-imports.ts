import type { ImportDeclaration, Program } from 'oxc-parser'

/** A plugin's factory, as a config imports it. */
export interface PluginImport {
  readonly package: string
  /** `default`, or the name it is exported by. */
  readonly imported: string
  readonly local: string
  readonly declaration: ImportDeclaration
}

/** What a config imports from some packages, types left out. */
export function importsFrom(program: Program, packages: readonly string[]): PluginImport[] {
  return program.body.flatMap((statement) => {
    if (statement.type !== 'ImportDeclaration' || !packages.includes(statement.source.value)) return []
    return statement.specifiers.flatMap((specifier): PluginImport[] => {
      if (statement.importKind === 'type') return []
      const common = { package: statement.source.value, local: specifier.local.name, declaration: statement }
      if (specifier.type === 'ImportDefaultSpecifier') return [{ ...common, imported: 'default' }]
      if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') return []
      const { imported } = specifier
      return [{ ...common, imported: imported.type === 'Identifier' ? imported.name : imported.value }]
    })
  })
}
