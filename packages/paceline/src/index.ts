export { paceline } from './paceline.ts'
export type { PacelineOptions } from './paceline.ts'
