import type { PlanSettings } from '../settings.ts'

/** What tests ask the planner for, where they do not care. */
export const PLAN_SETTINGS: PlanSettings = {
  strategy: 'planned',
  returning: 0.5,
  maxInitialRequests: 12,
  maxRouteRequests: 20,
  minChunkSize: 2000,
  stable: false,
  groups: [],
}
