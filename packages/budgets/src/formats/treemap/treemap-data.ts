import type { BuildReport, ModuleShare } from '@paceline/build-graph'

/** rollup-plugin-visualizer's raw-data form, version 2. */
export interface TreemapData {
  readonly tree: Folder
  readonly nodeParts: Readonly<Record<string, Part>>
  readonly nodeMetas: Readonly<Record<string, Meta>>
}

export interface Folder {
  name: string
  children: (Folder | Leaf)[]
  readonly isRoot?: true
}

export interface Leaf {
  readonly name: string
  readonly uid: string
}

export interface Part {
  readonly metaUid: string
  /** The page calls it rendered; here it is what is served, uncompressed. */
  readonly renderedLength: number
  readonly gzipLength: number
  readonly brotliLength: number
}

export interface Meta {
  readonly id: string
  readonly moduleParts: Record<string, string>
  readonly imported: { uid: string; dynamic?: true }[]
  readonly importedBy: { uid: string; dynamic?: true }[]
  readonly isEntry?: true
}

/**
 * The report in the form of rollup-plugin-visualizer's page. Every area is bytes really served: chunk → folders →
 * modules, with what the bundler and the compressed container add as modules of their own, so a chunk's area is its
 * file's size in each encoding.
 */
export function treemapData(report: BuildReport): TreemapData {
  const metas = new Map<string, Meta>()
  const uidOf = metaUids(report)
  for (const [id, uid] of uidOf) metas.set(uid, { id, moduleParts: {}, imported: [], importedBy: [] })
  const nodeParts: Record<string, Part> = {}
  const trees = report.chunks.map((chunk, at) => {
    const root: Folder = { name: chunk.file, children: [] }
    chunk.modules.forEach((share, position) => {
      const uid = `c${at}-${position}`
      const metaUid = uidOf.get(share.id)!
      nodeParts[uid] = part(share, metaUid)
      metas.get(metaUid)!.moduleParts[chunk.file] = uid
      place(root, share.id.replace(/^\0/, '').split('/').filter(Boolean), uid)
    })
    return { ...root, children: root.children.map(merge) }
  })
  link(report, uidOf, metas)
  return { tree: { name: 'root', children: trees, isRoot: true }, nodeParts, nodeMetas: Object.fromEntries(metas) }
}

function metaUids({ chunks, modules }: BuildReport): Map<string, string> {
  const ids = new Set([...modules, ...chunks.flatMap((chunk) => chunk.modules)].map(({ id }) => id))
  return new Map([...ids].map((id, position) => [id, `m${position}`]))
}

function part({ raw, gzip, brotli }: ModuleShare, metaUid: string): Part {
  return { metaUid, renderedLength: raw, gzipLength: gzip, brotliLength: brotli }
}

function place(folder: Folder, path: readonly string[], uid: string): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    folder.children.push({ name, uid })
    return
  }
  let inner = folder.children.find((child): child is Folder => child.name === name && 'children' in child)
  if (!inner) {
    inner = { name, children: [] }
    folder.children.push(inner)
  }
  place(inner, rest, uid)
}

/** A folder with one child reads as `a/b`, as on the page's own data. */
function merge(node: Folder | Leaf): Folder | Leaf {
  if (!('children' in node)) return node
  const children = node.children.map(merge)
  const [only] = children
  return children.length === 1 && only ? { ...only, name: `${node.name}/${only.name}` } : { ...node, children }
}

function link(report: BuildReport, uidOf: ReadonlyMap<string, string>, metas: Map<string, Meta>): void {
  for (const module of report.modules) {
    const uid = uidOf.get(module.id)!
    const meta = metas.get(uid)!
    if (module.entry) metas.set(uid, { ...meta, isEntry: true })
    for (const { to, kind } of module.imports) {
      const target = uidOf.get(report.modules[to]?.id ?? '')
      if (target === undefined) continue
      const dynamic = kind === 'dynamic' ? { dynamic: true as const } : {}
      meta.imported.push({ uid: target, ...dynamic })
      metas.get(target)!.importedBy.push({ uid, ...dynamic })
    }
  }
}
