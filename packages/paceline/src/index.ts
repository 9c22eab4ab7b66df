export type { PushOptions } from './collector/push-release.ts'
export { paceline } from './paceline.ts'
export type { PacelineOptions } from './paceline.ts'
