import { expect } from '@playwright/test'
import type { RecordedVisit } from './visit-recorded.ts'

/** What is known of the modules of an app, by the ids under which they say that they ran. */
export interface KnownModules {
  /** Modules that others can notice. */
  readonly noticed: ReadonlySet<string>
  /** Importer → what it imports statically and what therefore runs before it. */
  readonly imports: ReadonlyMap<string, readonly string[]>
}

/**
 * Holds a visit of a planned build against the same visit without options for chunks: everything ran that has to, nothing
 * that others notice ran besides, in the same order, and what was imported before its importer still is.
 */
export function expectSameRun(planned: RecordedVisit, bare: RecordedVisit, { noticed, imports }: KnownModules): void {
  expect(planned.errors).toEqual(bare.errors)
  const ran = new Set(planned.ran)
  expect(
    bare.ran.filter((id) => !ran.has(id)),
    'modules that did not run',
  ).toEqual([])
  expect(planned.ran.filter((id) => noticed.has(id))).toEqual(bare.ran.filter((id) => noticed.has(id)))
  const before = new Map(bare.ran.map((id, index) => [id, index]))
  const now = new Map(planned.ran.map((id, index) => [id, index]))
  const turned = [...imports].flatMap(([importer, imported]) =>
    imported.flatMap((id) => {
      const wasBefore = (before.get(id) ?? Infinity) < (before.get(importer) ?? -1)
      return wasBefore && now.get(id)! > now.get(importer)! ? [`${importer} ran before ${id}`] : []
    }),
  )
  expect(turned).toEqual([])
  expect(planned.text).toBe(bare.text)
  expect(planned.styles).toEqual(bare.styles)
}
