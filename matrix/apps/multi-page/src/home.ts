import { show } from './show.ts'

show('Home')
