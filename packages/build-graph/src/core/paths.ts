import { posix } from 'node:path'
import { comparablePath } from '@paceline/kit'

/** Separators as in URLs, on every platform. */
export function normalize(path: string): string {
  return path.replaceAll('\\', '/')
}

/** The file part of a module id: without the mark of virtual modules, query and hash. */
export function cleanId(id: string): string {
  return id.replace(/^\0/, '').replace(/[?#].*$/, '')
}

/** Whether a module stands for no file: made by a plugin under a name of its own. */
export function isVirtual(id: string): boolean {
  const bare = normalize(id).replace(/^\0/, '')
  return !(posix.isAbsolute(bare) || /^[A-Za-z]:\//.test(bare))
}

/**
 * A module id as people read it: relative to the Vite root, query kept, virtual modules as `virtual:name`.
 */
export function displayId(id: string, root: string): string {
  const bare = normalize(id).replace(/^\0/, '')
  if (isVirtual(id)) return bare.startsWith('virtual:') ? bare : `virtual:${bare}`
  const cut = bare.search(/[?#]/)
  const file = cut === -1 ? bare : bare.slice(0, cut)
  return relativeTo(comparablePath(root), comparablePath(file)) + (cut === -1 ? '' : bare.slice(cut))
}

/**
 * What a report calls a module. Rollup makes several of one of CommonJS (`x.js?commonjs-exports`): people know one.
 */
export function reportId(id: string, root: string): string {
  return displayId(id.replace(/^\0(.+)\?commonjs-(?:entry|es-import|exports|module|proxy)$/, '$1'), root)
}

/** `posix.relative`, quicker for what needs no thought: it is asked of every module of an app. No way leads to another drive. */
function relativeTo(root: string, file: string): string {
  const isPlain = file.startsWith(`${root}/`) && !/\/(?:\.|\/|$)/.test(file)
  if (isPlain) return file.slice(root.length + 1)
  return driveOf(file) === driveOf(root) ? posix.relative(root, file) : posix.normalize(file)
}

function driveOf(path: string): string | undefined {
  return /^[A-Z]:(?=\/)/.exec(path)?.[0]
}

/**
 * Directory and name of the package a file belongs to by its path: the last `node_modules` in it counts, so that
 * pnpm's and nested layouts give the innermost package.
 */
export function packageOf(id: string): { name: string; dir: string } | undefined {
  const match = /^(.*\/node_modules\/)((?:@[^/]+\/)?[^/@.][^/]*)(?:\/|$)/.exec(normalize(cleanId(id)))
  return match ? { name: match[2]!, dir: match[1]! + match[2]! } : undefined
}
