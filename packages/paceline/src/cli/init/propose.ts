import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageVersion } from '../package-version.ts'
import { gatherFacts, ownDirectories, readPlaces } from './app/gather-facts.ts'
import type { App } from './app/read-app.ts'
import { scanSources, type Scan } from './app/scan-sources.ts'
import { editConfig, findPaceline } from './config/edit-config.ts'
import { findConfig } from './config/find-config.ts'
import { pluginLists, type PluginList } from './config/find-plugins.ts'
import { knownPlugins, movePlugins, type MovedPlugins } from './config/move-plugins.ts'
import { styleOf } from './config/style-of.ts'
import { dependencyNames } from './edit/edit-package.ts'
import { editGitignore } from './edit/edit-gitignore.ts'
import { editManifest } from './edit/edit-manifest.ts'
import { dropTypes } from './edit/edit-references.ts'
import { moveConfigs, type MovedConfig } from './move-configs.ts'
import { emptyMove, showPath, type Move, type Note } from './move.ts'
import { setOption, type OptionsTree } from './options-tree.ts'
import { parseJson, parseModule, placeOf, type Source } from './syntax/parse.ts'
import { configTools, pluginTools } from './tools/known-tools.ts'

/** What a file becomes. */
export interface FileChange {
  /** Relative to the app's directory. */
  readonly file: string
  /** Nothing: it is new. */
  readonly before: string | undefined
  /** Nothing: it goes. */
  readonly after: string | undefined
}

export interface Proposal {
  readonly changes: readonly FileChange[]
  /** Tools that go, and what does their work. */
  readonly replaced: readonly { readonly tool: string; readonly instead: string }[]
  readonly moved: readonly Note[]
  readonly automatic: readonly Note[]
  /** What has no equivalent. */
  readonly without: readonly Note[]
  /** What stays as it is. */
  readonly left: readonly Note[]
}

const HAS_OPTIONS =
  '`paceline()` has options already, which are not touched; move these by hand, or remove its options and run the command again'

/**
 * What moving an app over would change. Nothing is written.
 *
 * @throws `PACELINE_INIT_CONFIG_SHAPE`, `PACELINE_INIT_SYNTAX`
 */
export async function propose(app: App): Promise<Proposal> {
  const source = parseModule(app.config.text, app.config.file)
  const config = findConfig(source)
  const style = styleOf(source, config)
  const lists = pluginLists(source, config)
  const places = readPlaces(app, source, config)
  const scan = await scanSources(app.directory, places.outDir)
  const facts = gatherFacts(app, places, scan)
  const main = lists.find(({ isMain }) => isMain)
  const paceline = main && findPaceline(source, main)
  const isSettled = paceline !== undefined && !paceline.isPlain
  const plugins = isSettled ? leavePlugins(source, lists) : movePlugins(source, lists, facts, style)
  const found = await moveConfigs(app, facts, style)
  const configs = isSettled ? found.filter((config) => isStillUsed(app, config)).map(leaveConfig) : found
  const moves = [...plugins.moves, ...configs.map(({ move }) => move)]
  const { tree, conflicts } = makeTree(moves)
  const isSame = paceline !== undefined && tree.size === 0 && plugins.replaced.size === 0
  const text = isSame ? app.config.text : editConfig(app.config.text, app.config.file, { ...plugins, tree, style })
  const gone = configs.filter(({ isReplaced }) => isReplaced)
  const manifest = editManifest(app.packageJson, {
    plugins: plugins.replaced,
    configs: gone,
    needed: neededPackages(tree),
  })
  const changes = [
    { file: app.config.file, before: app.config.text, after: text },
    { file: app.packageJson.file, before: app.packageJson.text, after: manifest.text },
    ...(await dropTypes(app.directory, scan.references, plugins.replaced)),
    ...(await replaceFiles(app, gone)),
    ...(await editGitignore(app.directory, ownDirectories(places.root, source, paceline?.options))),
  ]
  return {
    changes: changes.filter(({ before, after }) => before !== after),
    replaced: replacedTools(plugins, gone),
    moved: [...moves.flatMap(({ moved }) => moved), ...manifest.moved],
    automatic: moves.flatMap(({ automatic }) => automatic),
    without: [...moves.flatMap(({ without }) => without), ...conflicts, ...manifest.without],
    left: [...moves.flatMap(({ left }) => left), ...manifest.left, ...ciNotes(scan, gone)],
  }
}

function makeTree(moves: readonly Move[]): { tree: OptionsTree; conflicts: Note[] } {
  const tree: OptionsTree = new Map()
  const conflicts: Note[] = []
  for (const { path, code, note } of moves.flatMap(({ settings }) => settings)) {
    const kept = setOption(tree, path, code)
    if (kept !== undefined) conflicts.push({ ...note, text: `\`${showPath(path)}\` is ${kept} already` })
  }
  return { tree, conflicts }
}

/** Packages to install, with their versions. Icons are made by sharp, which nobody else has to have. */
function neededPackages(tree: OptionsTree): Record<string, string> {
  const worker = tree.get('serviceWorker')
  const sharp = worker instanceof Map && worker.has('manifest') ? { sharp: '>=0.33.0 <1' } : {}
  return { paceline: `^${packageVersion()}`, ...sharp }
}

function leavePlugins(source: Source, lists: readonly PluginList[]): MovedPlugins {
  const left = knownPlugins(source, lists).map(({ from, element }) => {
    return { tool: from.package, subject: from.local, at: placeOf(source, element), text: HAS_OPTIONS }
  })
  return { moves: [{ ...emptyMove(), left }], replaced: new Set(), constants: [] }
}

/** Whether a tool is there besides a file of its that Paceline reads, too. */
function isStillUsed({ packageJson: { text, file } }: App, { tool }: MovedConfig): boolean {
  return !tool.sharesFile || dependencyNames(parseJson(text, file)).some((name) => tool.packages.test(name))
}

function leaveConfig(config: MovedConfig): MovedConfig {
  const note = { tool: config.tool.package, subject: config.file, at: `${config.file}:1`, text: HAS_OPTIONS }
  const left = config.isReplaced ? [note] : config.move.left
  return { ...config, isReplaced: false, files: [], move: { ...emptyMove(), left } }
}

async function replaceFiles({ directory }: App, configs: readonly MovedConfig[]): Promise<FileChange[]> {
  const files = configs.flatMap((config) => config.files)
  return Promise.all(
    files.map(async ({ file, content }) => {
      const path = join(directory, file)
      return { file, before: existsSync(path) ? await readFile(path, 'utf8') : undefined, after: content }
    }),
  )
}

function replacedTools({ replaced }: MovedPlugins, configs: readonly MovedConfig[]): Proposal['replaced'] {
  const plugins = pluginTools.filter((tool) => replaced.has(tool.package))
  return [...plugins, ...configs.map(({ tool }) => tool)].map((tool) => ({ tool: tool.package, instead: tool.instead }))
}

/** What other machines run is for people to change: their files have a syntax of their own. */
function ciNotes(scan: Scan, gone: readonly MovedConfig[]): Note[] {
  const known = configTools.filter((tool) => gone.some((config) => config.tool === tool))
  return scan.ci.flatMap(({ at, what }) => {
    const tool = known.find(({ package: name }) =>
      name === '@lhci/cli' ? what.startsWith('l') : what.startsWith(name),
    )
    const command = tool?.package === '@lhci/cli' ? 'npx paceline measure' : 'npx paceline check'
    return tool ? [{ tool: tool.package, subject: what, at, text: `is not needed any more: run \`${command}\`` }] : []
  })
}
