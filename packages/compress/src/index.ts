export type { CompressOptions } from './options.ts'
export { compress } from './plugin.ts'
