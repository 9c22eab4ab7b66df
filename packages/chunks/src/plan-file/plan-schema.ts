import * as v from 'valibot'
import { PLAN_VERSION, type Setting } from './stored-plan.ts'

const setting: v.GenericSchema<Setting> = v.lazy(() =>
  v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(setting), v.record(v.string(), setting)]),
)

const figure = v.pipe(v.number(), v.finite(), v.minValue(0))
const names = v.array(v.string())

/** The shape of the file; {@link StoredPlan} has chunks as a list in order, the file has them by name. */
export const planFileSchema = v.strictObject({
  version: v.literal(PLAN_VERSION),
  app: v.string(),
  settings: v.record(v.string(), setting),
  routes: v.record(v.string(), v.strictObject({ bytes: figure, requests: figure })),
  chunks: v.record(
    v.string(),
    v.strictObject({
      kind: v.picklist(['entry', 'group', 'planned']),
      shared: v.optional(v.picklist(['pages', 'anyone'])),
      imports: names,
      mentions: v.optional(v.record(v.string(), names), {}),
      modules: names,
    }),
  ),
})

export type PlanFile = v.InferOutput<typeof planFileSchema>
