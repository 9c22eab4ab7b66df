import type { TextFile } from '../app/read-app.ts'
import type { MovedConfig } from '../move-configs.ts'
import type { Note } from '../move.ts'
import { withUnixLines } from '../syntax/line-ends.ts'
import { parseJson, placeOf, type Source } from '../syntax/parse.ts'
import {
  addDevDependency,
  dependencyNames,
  dropDependencies,
  dropField,
  editScripts,
  scriptsOf,
} from './edit-package.ts'
import { rewriteScript } from './rewrite-script.ts'

/** The new package.json, and what there is to say about it. */
export interface ManifestEdit {
  readonly text: string
  readonly moved: readonly Note[]
  readonly without: readonly Note[]
  readonly left: readonly Note[]
}

/** What decides about it. */
export interface Gone {
  /** Packages whose plugins go from the Vite config. */
  readonly plugins: ReadonlySet<string>
  /** Tools with a configuration of their own that go. */
  readonly configs: readonly MovedConfig[]
  /** Packages that are needed from now on, with their versions, for those who do not have them yet. */
  readonly needed: Readonly<Record<string, string>>
}

/** Scripts, dependencies and fields of package.json after the move. */
export function editManifest({ text, file }: TextFile, { plugins, configs, needed }: Gone): ManifestEdit {
  const source = parseJson(text, file)
  const scripts = moveScripts(source, configs)
  // A tool that a script still needs keeps its package.
  const kept = new Set(scripts.left.map(({ tool }) => tool))
  const isGone = (name: string): boolean =>
    plugins.has(name) || configs.some(({ tool }) => !kept.has(tool.package) && tool.packages.test(name))
  const fields = configs.flatMap(({ tool, dropsField }) => (dropsField && tool.field !== undefined ? [tool.field] : []))
  const known = new Set(dependencyNames(source))
  const added = Object.entries(needed).filter(([name]) => !known.has(name))
  const { moved, without, left } = scripts
  const edited = withUnixLines(text, (plain) => {
    const rest = fields.reduce(dropField, dropDependencies(editScripts(plain, scripts.changed), isGone))
    return added.reduce((before, [name, version]) => addDevDependency(before, name, version), rest)
  })
  return { text: edited, moved, without, left }
}

interface MovedScripts extends Omit<ManifestEdit, 'text'> {
  readonly changed: ReadonlyMap<string, string>
}

function moveScripts(source: Source, configs: readonly MovedConfig[]): MovedScripts {
  const changed = new Map<string, string>()
  const notes = { moved: [] as Note[], without: [] as Note[], left: [] as Note[] }
  for (const script of scriptsOf(source)) {
    const { command, dropped, left } = rewriteScript(script.command, configs)
    const at = placeOf(source, script)
    const note = (text: string): Note => ({ tool: 'package.json', subject: `scripts.${script.name}`, at, text })
    if (command !== script.command) {
      changed.set(script.name, command)
      notes.moved.push(note(command))
    }
    if (dropped.length > 0) notes.without.push(note(`\`${dropped.join(' ')}\``))
    const stays = configs.find(({ tool }) =>
      new RegExp(String.raw`\b${tool.commands.source.slice(1, -1)}\b`).test(command),
    )
    if (stays) {
      const text = `still runs \`${left[0] ?? stays.tool.package}\`; write \`paceline check\` in its place`
      notes.left.push({ ...note(text), tool: stays.tool.package })
    }
  }
  return { changed, ...notes }
}
