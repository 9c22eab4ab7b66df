import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createHandler } from '@paceline/delivery/server'
import { render } from './dist/server/server.js'

const page = await readFile('dist/client/index.html', 'utf8')
const files = createHandler('.paceline/delivery/manifest.json', { dir: 'dist/client' })

const server = createServer((request, response) => {
  if (!request.headers.accept?.includes('text/html')) return files(request, response)
  const { pathname } = new URL(request.url, 'http://localhost')
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(page.replace('<!--app-->', render(pathname)))
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`))
