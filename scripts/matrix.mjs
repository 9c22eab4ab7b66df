import { enter } from './lib/enter.mjs'

await enter('scripts/tasks/matrix.ts')
