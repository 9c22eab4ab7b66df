import { hydrate } from 'preact'
import { App } from './app'
import './style.css'

hydrate(<App path={location.pathname} />, document.getElementById('root')!)
