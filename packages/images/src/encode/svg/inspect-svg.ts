import { optimize, type CustomPlugin } from 'svgo'
import { countDrawn } from './count-drawn.ts'

/** What an SVG holds that decides what may be done with it. */
export interface SvgFacts {
  /** Why it is not safe to serve: what runs scripts or loads pages once somebody opens or inlines it. */
  readonly unsafe?: string
  readonly hasForeignObject: boolean
  /** Of the root element. */
  readonly attributes: Readonly<Record<string, string>>
  readonly root: string
}

/** librsvg draws half a million. */
const MOST_DRAWN = 500_000

const PAGES = new Set(['iframe', 'frame', 'object', 'embed', 'applet'])

/**
 * Reads an SVG without changing it. Scripts are: `<script>`, attributes with handlers (`onload`), links to `javascript:`, also those that an
 * animation sets. HTML inside is not, but no SVG optimiser knows how to treat it.
 *
 * @throws the parser's error for text that is no XML
 */
export function inspectSvg(text: string): SvgFacts {
  let unsafe: string | undefined
  let root: string | undefined
  let attributes: Readonly<Record<string, string>> = {}
  const found = new Set<string>()
  const inspector: CustomPlugin<null> = {
    name: 'inspect',
    fn: (tree) => {
      const drawn = countDrawn(tree)
      if (drawn > MOST_DRAWN)
        unsafe = `\`<use>\` in \`<use>\`, which draw ${drawn.toLocaleString('en')} elements (a bomb does)`
      return {
        element: {
          enter: (element) => {
            if (root === undefined) {
              root = element.name
              attributes = { ...element.attributes }
            }
            const name = localName(element.name)
            found.add(name)
            unsafe ??= elementProblem(name) ?? attributeProblem(name, element.attributes)
          },
        },
      }
    },
  }
  optimize(text, { plugins: [inspector] })
  return {
    ...(unsafe === undefined ? {} : { unsafe }),
    hasForeignObject: found.has('foreignobject'),
    attributes,
    root: localName(root ?? ''),
  }
}

const localName = (name: string): string => name.replace(/^.*:/, '').toLowerCase()

function elementProblem(name: string): string | undefined {
  if (name === 'script') return 'a <script>'
  return PAGES.has(name) ? `a page inside, in <${name}>` : undefined
}

function attributeProblem(element: string, attributes: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(attributes)) {
    if (/^on[a-z]/i.test(name)) return `the script of \`${name}\` on <${element}>`
    // Browsers leave out control characters and spaces in a scheme.
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    if (/(?:^|;)(?:javascript|vbscript):/i.test(value.replace(/[\u0000-\u0020]+/g, ''))) {
      return `the script in \`${name}\` of <${element}>`
    }
  }
  return undefined
}
