import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { headOf, upsertComment } from './github.ts'
import type { Repository } from './github.ts'

const MOST = 65_536

/**
 * Writes the comment that a run on a fork has handed on. What it left is not trusted: the pull request must be at the commit
 * that the run was for, and the text must be ours by its marker.
 *
 * @param folder where the artifact lies
 * @param head the commit of the run, as GitHub says it
 * @returns address of the comment; undefined when the pull request has moved on
 * @throws When the artifact is not what our action writes, or GitHub refuses.
 */
export async function commentOfFork(folder: string, head: string, repository: Repository): Promise<string | undefined> {
  const { pull, body } = readHandedOn(await readFile(join(folder, 'comment.json'), 'utf8'))
  if ((await headOf(repository, pull)) !== head) return undefined
  return upsertComment(repository, pull, body)
}

function readHandedOn(text: string): { readonly pull: number; readonly body: string } {
  const { pull, body } = JSON.parse(text) as { pull?: unknown; body?: unknown }
  if (!Number.isSafeInteger(pull) || Number(pull) < 1)
    throw new Error(`comment.json names no pull request: ${String(pull)}`)
  if (typeof body !== 'string' || body.length > MOST || !body.startsWith('<!-- paceline')) {
    throw new Error('comment.json holds no comment of Paceline.')
  }
  return { pull: Number(pull), body }
}
