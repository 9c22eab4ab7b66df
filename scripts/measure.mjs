import { enter } from './lib/enter.mjs'

await enter('scripts/tasks/measure.ts')
