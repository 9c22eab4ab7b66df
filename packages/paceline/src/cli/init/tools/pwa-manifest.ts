import type { Expression, ObjectExpression } from 'oxc-parser'
import type { AppFacts } from '../app/app-facts.ts'
import type { OptionMove } from '../move.ts'
import { keyName } from '../syntax/nodes.ts'

const COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i
const DISPLAYS = new Set(['standalone', 'fullscreen', 'minimal-ui', 'browser'])

/** Fields that have a name of their own, and whether a value fits there. */
const FIELDS: Readonly<Record<string, { readonly name: string; readonly fits: (value: string) => boolean }>> = {
  name: { name: 'name', fits: (value) => value !== '' },
  short_name: { name: 'shortName', fits: (value) => value !== '' },
  description: { name: 'description', fits: (value) => value !== '' },
  lang: { name: 'lang', fits: (value) => /^[a-z]{2,3}(?:-[a-z\d]+)*$/i.test(value) },
  display: { name: 'display', fits: (value) => DISPLAYS.has(value) },
  start_url: { name: 'startUrl', fits: (value) => !/^(?:\/|[a-z]+:)/i.test(value) },
  theme_color: { name: 'themeColor', fits: (value) => COLOR.test(value) },
  background_color: { name: 'backgroundColor', fits: (value) => COLOR.test(value) },
}

/** What both plugins write without being told. */
const SAME_AS_DEFAULT: Readonly<Record<string, string>> = { start_url: '/', scope: '/', id: '/' }

interface WebIcon {
  readonly src: string
  readonly sizes?: string
  readonly type?: string
  readonly purpose?: string
}

/** The web app manifest: its fields one by one, and one picture for all its icons. */
export function moveManifest(option: OptionMove): void {
  const { node } = option
  if (option.is(false)) return option.automatic('There is none unless told so.')
  if (node.type !== 'ObjectExpression') return option.stays('is not an object that can be read without running it')
  const fields = fieldsOf(node)
  if (!fields) return option.stays('has fields that cannot be read without running it')
  if (option.siblings?.properties.some((one) => one.type === 'Property' && keyName(one.key) === 'manifestFilename')) {
    option.none('the manifest is called `manifest.webmanifest`')
  }
  const icons = fields.get('icons')
  const icon = icons && bestIcon(option, icons)
  if (icon === undefined) {
    return option.stays(
      'has no icon to make the others of: add an SVG or a picture of at least 512 pixels to `icons`, below the public folder',
    )
  }
  if (!fields.has('name')) option.also('serviceWorker.manifest.name', option.print(option.facts.packageName))
  for (const [name, value] of fields) moveField(option, name, value, icon)
}

function moveField(option: OptionMove, name: string, value: Expression, icon: string): void {
  const part = option.part(name, value)
  if (name === 'icons') return part.to('serviceWorker.manifest.icon', option.print(icon))
  const text = part.text()
  if (text !== undefined && text === SAME_AS_DEFAULT[name]) return part.automatic('It is the folder of the app.')
  const field = FIELDS[name]
  if (field && text !== undefined && field.fits(text)) part.to(`serviceWorker.manifest.${field.name}`)
  else part.to(['serviceWorker', 'manifest', 'more', name])
}

function fieldsOf({ properties }: ObjectExpression): Map<string, Expression> | undefined {
  const fields = new Map<string, Expression>()
  for (const property of properties) {
    const name = property.type === 'Property' && !property.computed ? keyName(property.key) : undefined
    if (property.type !== 'Property' || name === undefined) return undefined
    fields.set(name, property.value)
  }
  return fields
}

/** The picture that the others can be made of, from the Vite root: one without a ground of its own, as big as can be. */
function bestIcon(option: OptionMove, icons: Expression): string | undefined {
  const read = option.read(icons)
  if (!read.known || !Array.isArray(read.value)) return undefined
  const fit = (read.value as WebIcon[])
    .map((icon) => ({ file: fileOf(icon, option.facts), pixels: pixelsOf(icon), purpose: icon.purpose ?? 'any' }))
    .filter(({ file, pixels }) => file !== undefined && pixels >= 512)
  const rank = (purpose: string): number => (purpose.includes('any') ? 1 : 0)
  return fit.toSorted((a, b) => rank(b.purpose) - rank(a.purpose) || b.pixels - a.pixels)[0]?.file
}

function fileOf({ src }: WebIcon, { publicDir, exists }: AppFacts): string | undefined {
  if (typeof src !== 'string') return undefined
  const file = `${publicDir}/${src.replace(/^\.?\//, '')}`
  return exists(file) ? file : undefined
}

function pixelsOf({ src, sizes = '' }: WebIcon): number {
  if (src.endsWith('.svg')) return Number.POSITIVE_INFINITY
  return Math.max(0, ...sizes.split(' ').map((size) => Number.parseInt(size, 10) || 0))
}
