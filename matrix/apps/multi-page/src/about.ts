import { show } from './show.ts'

show('About')
