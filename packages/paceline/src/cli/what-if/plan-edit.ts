import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { indexReport } from '@paceline/build-graph'
import type { BuildReport, ModuleEntry, ModuleImport } from '@paceline/build-graph'
import { nearest } from '@paceline/kit'
import { cliError } from '../cli-errors.ts'
import type { ImportEdge, RebuildEdit } from '../rebuild/rebuild-request.ts'
import { findSubject, type WhySubject } from '../why/find-subject.ts'
import { mergeChunks } from './merge-chunks.ts'
import type { WhatIf } from './parse-edits.ts'

/**
 * What a rebuild has to do for a change, said with the names of the build as it is.
 *
 * @param root the Vite root, absolute
 * @throws `PACELINE_WHY_UNKNOWN`, `PACELINE_WHY_AMBIGUOUS`, `PACELINE_WHAT_IF_*`
 */
export function planEdit(edit: WhatIf, report: BuildReport, root: string): RebuildEdit {
  switch (edit.kind) {
    case 'lazy':
      return { kind: 'imports', how: 'lazy', edges: lazyEdges(edit.subject, report), whole: false }
    case 'drop':
      return { kind: 'imports', how: 'stub', edges: dropEdges(edit.subject, report), whole: true }
    case 'replace':
      return replacement(edit.from, edit.to, report, root)
    case 'merge':
      return mergeChunks(edit.chunks, report)
  }
}

function lazyEdges(name: string, report: BuildReport): ImportEdge[] {
  const subject = findSubject(report, name)
  const edges = edgesInto(report, subject, ['static'])
  if (edges.length > 0) return edges
  const { importers } = indexReport(report)
  const isEntry = report.modules.some(
    (module, at) =>
      subject.matches(module) && (module.entry || importers[at]!.some((from) => isDocument(report.modules[from]!))),
  )
  throw cliError('PACELINE_WHAT_IF_NOTHING', [
    subject.name,
    isEntry ? 'the app starts there' : 'no module imports it statically: it is lazy already',
  ])
}

function dropEdges(name: string, report: BuildReport): ImportEdge[] {
  const subject = findSubject(report, name)
  const edges = edgesInto(report, subject, ['static', 'dynamic'])
  if (edges.length > 0) return edges
  throw cliError('PACELINE_WHAT_IF_NOTHING', [subject.name, 'the app starts there'])
}

/** Imports that lead from outside into a package or a module. Those of documents start the app. */
function edgesInto(report: BuildReport, subject: WhySubject, kinds: readonly ModuleImport['kind'][]): ImportEdge[] {
  const { modules } = report
  const edges = modules
    .filter((module) => !subject.matches(module) && !isDocument(module))
    .flatMap((module) =>
      module.imports.flatMap(({ to, kind }) => {
        const importee = modules[to]
        if (!importee || !kinds.includes(kind) || !subject.matches(importee)) return []
        return [{ importer: module.id, importee: importee.id }]
      }),
    )
  const seen = new Set<string>()
  return edges.filter(({ importer, importee }) => {
    const key = `${importer}\0${importee}`
    return !seen.has(key) && seen.add(key)
  })
}

function isDocument({ id }: ModuleEntry): boolean {
  return /\.html?$/.test(id)
}

function replacement(from: string, to: string, report: BuildReport, root: string): RebuildEdit {
  const subject = findSubject(report, from)
  if (subject.kind !== 'package') throw cliError('PACELINE_WHAT_IF_NOT_A_PACKAGE', [from])
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(to)?.[0] ?? to
  if (isInstalled(name, root)) return { kind: 'replace', from, to }
  const near = nearest(name, [...new Set(report.packages.map((one) => one.name))])
  throw cliError('PACELINE_WHAT_IF_NOT_INSTALLED', [name, near])
}

/** As Node looks for packages: in every `node_modules` above. */
function isInstalled(name: string, root: string): boolean {
  for (let directory = root; ; directory = dirname(directory)) {
    if (existsSync(join(directory, 'node_modules', name))) return true
    if (dirname(directory) === directory) return false
  }
}
