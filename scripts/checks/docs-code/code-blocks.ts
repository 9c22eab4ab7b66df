import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../lib/root.mjs'

/** A fenced block of a guide. */
export interface CodeBlock {
  /** From the root of the repository, with `/`. */
  readonly file: string
  /** Line of its first line of code, from 1. */
  readonly line: number
  /** What is written behind the fence; empty for output. */
  readonly language: string
  readonly code: string
}

const GUIDES = ['*.md', 'docs/**/*.md', 'packages/*/README.md', 'playground/README.md', 'bench/README.md']

/** What readers are told to write or to run. */
export function guides(): string[] {
  const found = globSync(GUIDES, { cwd: root, exclude: (name) => /(?:^|\/)(?:node_modules|dist)$/.test(name) })
  return found.map((file) => file.replaceAll('\\', '/')).toSorted()
}

export function blocksOf(file: string, text: string = readFileSync(join(root, file), 'utf8')): CodeBlock[] {
  const blocks: CodeBlock[] = []
  for (const { 0: whole, 1: indent = '', 2: language = '', 3: code = '', index } of text.matchAll(
    /^( *)```(\w*)[^\n]*\n([\s\S]*?)^ *```$/gm,
  )) {
    const line = text.slice(0, index + whole.indexOf('\n')).split('\n').length + 1
    blocks.push({ file, line, language, code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), '') })
  }
  return blocks
}
