export type { VitalsOptions } from './options.ts'
export type {
  MetricEvent,
  OperationEvent,
  PageLimits,
  PageSla,
  PageVitals,
  Violation,
  VitalsEvent,
} from './page-api.ts'
export { vitals } from './plugin.ts'
