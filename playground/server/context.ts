import type { DatabaseSync } from 'node:sqlite'
import type { ActivityItem } from '../shared/api.ts'
import { readSettings } from './settings.ts'
import { run } from './database.ts'

/** What every route is given. */
export interface Context {
  database: DatabaseSync
  /** The clock, so that a test can stop it. */
  now: () => Date
}

/** Writes one line of the studio's history, in the name of whoever is signed in. */
export function record(
  { database, now }: Context,
  verb: string,
  subject: Pick<ActivityItem, 'subjectKind' | 'subjectId' | 'subject'>,
): void {
  const actor = readSettings(database, 'profile').name
  run(
    database,
    'INSERT INTO activity (at, actor, verb, subjectKind, subjectId, subject) VALUES (?, ?, ?, ?, ?, ?)',
    now().toISOString(),
    actor,
    verb,
    subject.subjectKind,
    subject.subjectId,
    subject.subject,
  )
}

/** A refusal with a status: Fastify turns it into `{ statusCode, message }`. */
export class HttpError extends Error {
  readonly statusCode: number

  constructor(statusCode: number, message: string) {
    super(message)
    this.statusCode = statusCode
  }
}

export const notFound = (what: string, id: string | number): HttpError =>
  new HttpError(404, `There is no ${what} "${id}". It may have been deleted.`)

/** `Harbour Letterpress` → `harbour-letterpress`, with a number behind it when `taken` says so. */
export function slug(name: string, taken: (id: string) => boolean): string {
  const base =
    name
      .normalize('NFKD')
      .replaceAll(/\p{Mark}/gu, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 60) || 'untitled'
  let id = base
  for (let count = 2; taken(id); count++) id = `${base}-${count}`
  return id
}
