/**
 * The Worker, without its table: JavaScript as it is uploaded. It is a text, and not a module of ours, since it runs there and nowhere else;
 * the tests run it with a table and assets of their own.
 *
 * `TABLE.files`: path → `[file, headers, etag, forms, formats, deltas]`; `forms` and `formats` are `[name, file]`, smallest first; `deltas`
 * are `[encoding, dictionary, file]`. `TABLE.documents`: `[expression, path of the file, headers, isFixed]`.
 */
export const WORKER_SOURCE: string = String.raw`
const FILE_LIKE = TABLE.directories === null ? /(?!)/ : new RegExp(TABLE.directories)
const EXTENSIONS = new RegExp(TABLE.extensions, 'i')
const DOCUMENTS = TABLE.documents.map(([source, ...rest]) => [new RegExp(source), ...rest])

export default {
  async fetch(request, env) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response('Method not allowed.\n', { status: 405, headers: { allow: 'GET, HEAD' } })
    }
    const path = decoded(new URL(request.url).pathname)
    if (path === undefined) return new Response('Bad request.\n', { status: 400 })
    const found = resolve(path, request.headers.get('accept') ?? '')
    if (found === undefined) return missing(request, env)
    const [[file, headers, etag, forms, formats, deltas], extra] = found
    // The platform takes encodings that it does not know out of accept-encoding; what the visitor sent stands here.
    const accepted = request.cf?.clientAcceptEncoding ?? request.headers.get('accept-encoding') ?? ''
    const form = choose(request, accepted, forms, formats, deltas)
    const own = new Headers({ ...headers, ...extra, etag: '"' + etag + (form ? '-' + form.tag : '') + '"' })
    if (form?.encoding) own.set('content-encoding', form.encoding)
    if (form?.type) own.set('content-type', form.type)
    if (isKnown(request.headers.get('if-none-match'), own.get('etag'))) {
      own.delete('content-encoding')
      return new Response(null, { status: 304, headers: own })
    }
    const asset = await load(request, env, form?.file ?? file)
    if (asset.status === 416) {
      const range = asset.headers.get('content-range') ?? 'bytes */*'
      return new Response(null, { status: 416, headers: { 'cache-control': 'no-cache', 'content-range': range } })
    }
    if (asset.status !== 200 && asset.status !== 206) return missing(request, env)
    if (asset.status === 206) own.set('content-range', asset.headers.get('content-range') ?? '')
    // Without it the platform would encode what is encoded already.
    return new Response(request.method === 'HEAD' ? null : asset.body, {
      status: asset.status,
      headers: own,
      ...(form?.encoding ? { encodeBody: 'manual' } : {}),
    })
  },
}

function decoded(pathname) {
  try {
    const path = decodeURIComponent(pathname)
    return path.includes('\0') ? undefined : path
  } catch {
    return undefined
  }
}

function resolve(path, accept) {
  if (Object.hasOwn(TABLE.files, path)) return [TABLE.files[path], {}]
  if (accept !== '' && !/${'TAKES_PAGES'}/i.test(accept)) return undefined
  const fileLike = FILE_LIKE.test(path) || EXTENSIONS.test(path)
  const document = DOCUMENTS.find(([expression, , , isFixed]) => expression.test(path) && (isFixed || !fileLike))
  if (document) return [TABLE.files[document[1]], document[2]]
  if (fileLike || TABLE.fallback === null || !path.startsWith(TABLE.base)) return undefined
  return [TABLE.files[TABLE.fallback], {}]
}

function choose(request, accepted, forms, formats, deltas) {
  const offered = request.headers.get('available-dictionary')
  const delta = offered && deltas.find(([encoding, dictionary]) => dictionary === offered && takes(accepted, encoding))
  if (delta) return { encoding: delta[0], file: delta[2], tag: delta[0] }
  const accept = request.headers.get('accept') ?? ''
  const format = formats.find(([type]) => takes(accept, type))
  if (format) return { type: format[0], file: format[1], tag: format[0].replace('/', '-') }
  const form = forms.find(([encoding]) => takes(accepted, encoding))
  return form && { encoding: form[0], file: form[1], tag: form[0] }
}

function takes(list, name) {
  return list.split(',', 100).some((part) => {
    const [token, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    return token === name && !parameters.some((text) => /^q=0(?:\.0*)?$/.test(text))
  })
}

function isKnown(header, etag) {
  if (header === null) return false
  return header.split(',', 100).some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}

function load(request, env, file) {
  const url = new URL(request.url)
  url.pathname = TABLE.base + file.split('/').map(encodeURIComponent).join('/')
  const range = request.headers.get('range')
  return env.ASSETS.fetch(new Request(url, range && !request.headers.has('if-range') ? { headers: { range } } : {}))
}

async function missing(request, env) {
  const headers = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }
  if (TABLE.notFound === null) return new Response('Not found.\n', { status: 404, headers })
  const page = await load(new Request(request.url), env, TABLE.notFound)
  return new Response(page.body, { status: 404, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
}
`
