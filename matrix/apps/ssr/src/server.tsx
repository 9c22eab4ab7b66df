import { renderToString } from 'preact-render-to-string'
import { App } from './app'

export function render(path: string): string {
  return renderToString(<App path={path} />)
}
