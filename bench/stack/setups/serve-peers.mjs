import { createServer } from 'node:http'
import sirv from 'sirv'

/** What is hashed is kept for ever, the rest is asked for every time; what lies there compressed is sent so. */
export const servePeers = (dist, compressed) => {
  const files = sirv(dist, {
    brotli: compressed,
    gzip: compressed,
    etag: true,
    single: true,
    setHeaders(response, path) {
      const lasting = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      response.setHeader('Cache-Control', lasting)
    },
  })
  return createServer((request, response) => {
    if (request.url === '/vitals') return request.resume().on('end', () => response.writeHead(204).end())
    files(request, response, () => response.writeHead(404).end())
  })
}
