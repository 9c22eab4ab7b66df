/** Something that browsers did not always have, and the first versions that do. */
export interface Feature {
  readonly name: string
  /** Edition of ECMAScript whose browsers all have it. */
  readonly es: number
  readonly chrome: number
  readonly edge: number
  readonly firefox: number
  readonly safari: number
}

/** First versions that have all of an edition (the parts that polyfills are made for). Source: compat-table, MDN. */
const EDITIONS: Readonly<Record<number, Omit<Feature, 'name' | 'es'>>> = {
  2015: { chrome: 51, edge: 15, firefox: 54, safari: 10 },
  2016: { chrome: 52, edge: 15, firefox: 54, safari: 10.1 },
  2017: { chrome: 57, edge: 16, firefox: 54, safari: 11 },
  2018: { chrome: 64, edge: 79, firefox: 58, safari: 12 },
  2019: { chrome: 73, edge: 79, firefox: 63, safari: 12.1 },
  2020: { chrome: 80, edge: 80, firefox: 72, safari: 13.1 },
  2021: { chrome: 85, edge: 85, firefox: 79, safari: 14.1 },
  2022: { chrome: 94, edge: 94, firefox: 93, safari: 16.4 },
}

const edition = (es: number, name: string): Feature => ({ name, es, ...EDITIONS[es]! })

const PACKAGES: Readonly<Record<string, Feature>> = {
  'regenerator-runtime': edition(2015, 'generators'),
  '@babel/polyfill': edition(2018, 'ES2018'),
  'es5-shim': edition(2015, 'ES5'),
  'es6-shim': edition(2015, 'ES2015'),
  'es5-ext': edition(2015, 'ES2015'),
  'es6-promise': edition(2015, 'Promise'),
  'promise-polyfill': edition(2015, 'Promise'),
  'es6-symbol': edition(2015, 'Symbol'),
  'es6-map': edition(2015, 'Map'),
  'es6-set': edition(2015, 'Set'),
  'es6-weak-map': edition(2015, 'WeakMap'),
  'object-assign': edition(2015, 'Object.assign'),
  'object.assign': edition(2015, 'Object.assign'),
  'array.prototype.find': edition(2015, 'Array.prototype.find'),
  'array-includes': edition(2016, 'Array.prototype.includes'),
  'object.entries': edition(2017, 'Object.entries'),
  'object.values': edition(2017, 'Object.values'),
  'string.prototype.padend': edition(2017, 'String.prototype.padEnd'),
  'promise.prototype.finally': edition(2018, 'Promise.prototype.finally'),
  'array.prototype.flat': edition(2019, 'Array.prototype.flat'),
  'array.prototype.flatmap': edition(2019, 'Array.prototype.flatMap'),
  'object.fromentries': edition(2019, 'Object.fromEntries'),
  'string.prototype.matchall': edition(2020, 'String.prototype.matchAll'),
  'promise.allsettled': edition(2020, 'Promise.allSettled'),
  globalthis: edition(2020, 'globalThis'),
  'string.prototype.replaceall': edition(2021, 'String.prototype.replaceAll'),
  '@ungap/structured-clone': { name: 'structuredClone', es: 2023, chrome: 98, edge: 98, firefox: 94, safari: 15.4 },
  'whatwg-fetch': { name: 'fetch', es: 2017, chrome: 42, edge: 15, firefox: 40, safari: 10.1 },
  unfetch: { name: 'fetch', es: 2017, chrome: 42, edge: 15, firefox: 40, safari: 10.1 },
  'isomorphic-unfetch': { name: 'fetch', es: 2017, chrome: 42, edge: 15, firefox: 40, safari: 10.1 },
  'url-search-params-polyfill': { name: 'URLSearchParams', es: 2017, chrome: 49, edge: 17, firefox: 44, safari: 10.1 },
  'abortcontroller-polyfill': { name: 'AbortController', es: 2019, chrome: 66, edge: 16, firefox: 57, safari: 12.1 },
  'intersection-observer': { name: 'IntersectionObserver', es: 2019, chrome: 58, edge: 16, firefox: 55, safari: 12.1 },
  'resize-observer-polyfill': { name: 'ResizeObserver', es: 2020, chrome: 64, edge: 79, firefox: 69, safari: 13.1 },
  'formdata-polyfill': { name: 'FormData', es: 2018, chrome: 50, edge: 18, firefox: 44, safari: 11.1 },
  'smoothscroll-polyfill': { name: 'smooth scrolling', es: 2022, chrome: 61, edge: 79, firefox: 36, safari: 15.4 },
  'focus-visible': { name: ':focus-visible', es: 2022, chrome: 86, edge: 86, firefox: 85, safari: 15.4 },
}

/** Modules of core-js by what they stand for; what is not listed may be newer than the targets. */
const CORE_JS: readonly (readonly [RegExp, Feature])[] = [
  [
    /es\.(?:array\.(?:flat|flat-map|unscopables.*|sort)|object\.from-entries|string\.trim-(?:start|end)|symbol\.description)/,
    edition(2019, 'ES2019 methods'),
  ],
  [/es\.(?:promise\.finally)/, edition(2018, 'Promise.prototype.finally')],
  [
    /es\.(?:object\.(?:entries|values|get-own-property-descriptors)|string\.pad-(?:start|end))/,
    edition(2017, 'ES2017 methods'),
  ],
  [/es\.array\.includes/, edition(2016, 'Array.prototype.includes')],
  [/es\.(?:promise\.all-settled|string\.match-all|symbol\.match-all|global-this)/, edition(2020, 'ES2020 methods')],
  [/es\.(?:promise\.any|string\.replace-all|aggregate-error)/, edition(2021, 'ES2021 methods')],
  [
    /es\.(?:symbol(?:\.(?:constructor|iterator|to-string-tag|has-instance))?|promise(?:\.(?:all|race|reject|resolve|catch|constructor))?|map|set|weak-map|weak-set|array\.(?:concat|copy-within|every|fill|filter|find|find-index|for-each|from|index-of|is-array|iterator|join|map|of|reduce|slice|some|species|splice)|object\.(?:assign|create|define-propert(?:y|ies)|freeze|get-own-property-(?:descriptor|names|symbols)|get-prototype-of|is|keys|set-prototype-of|to-string)|string\.(?:code-point-at|ends-with|from-code-point|includes|iterator|raw|repeat|starts-with|trim|search|split|match|replace)|number\.[\w-]+|math\.[\w-]+|reflect\.[\w-]+|function\.(?:bind|name|has-instance)|regexp\.(?:constructor|exec|flags|sticky|to-string|test)|parse-(?:int|float)|date\.[\w-]+|json\.[\w-]+)\.js$|web\.(?:dom-collections\.(?:for-each|iterator)|timers|immediate)/,
    edition(2015, 'ES2015'),
  ],
]

/** Helpers of Babel and SWC by the edition that makes them superfluous. */
const HELPERS: readonly (readonly [RegExp, number])[] = [
  [/asyncToGenerator|async_to_generator/i, 2017],
  [
    /objectSpread|object_spread|objectWithoutProperties|object_without_properties|asyncIterator|async_iterator|asyncGenerator|async_generator/i,
    2018,
  ],
  [
    /defineProperty|define_property|toPropertyKey|to_property_key|toPrimitive|to_primitive|classPrivate|class_private/i,
    2022,
  ],
  [
    /classCallCheck|inherits|createClass|possibleConstructorReturn|(?:get|set)PrototypeOf|createSuper|callSuper|isNativeReflectConstruct|assertThisInitialized|extends|typeof|slicedToArray|toConsumableArray|toArray|arrayWithHoles|arrayWithoutHoles|iterableToArray|nonIterable|unsupportedIterableToArray|arrayLikeToArray|createForOfIteratorHelper|taggedTemplateLiteral|superPropBase|wrapNativeSuper|construct|isNativeFunction|regenerator|OverloadYield|class_call_check|create_class|call_super|to_consumable_array|sliced_to_array/i,
    2015,
  ],
]

/** Texts of helpers that compilers write into the code of packages, and that minifiers leave alone. */
export const helperTexts: readonly { readonly text: string; readonly feature: Feature }[] = [
  { text: 'Cannot call a class as a function', feature: edition(2015, 'classes as functions') },
  { text: 'Super expression must either be null or a function', feature: edition(2015, 'classes as functions') },
  { text: 'Class extends value ', feature: edition(2015, 'classes as functions') },
  { text: 'Invalid attempt to spread non-iterable instance', feature: edition(2015, 'spread as calls') },
  { text: 'Invalid attempt to destructure non-iterable instance', feature: edition(2015, 'destructuring as calls') },
  { text: 'Generator is already executing.', feature: edition(2015, 'generators as state machines') },
  { text: 'Generator is already running', feature: edition(2015, 'generators as state machines') },
]

/** What a module is a polyfill or helper for, by its id. */
export function legacyModule(id: string): Feature | undefined {
  const match = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(id)
  if (!match) return undefined
  const [, owner = '', path = ''] = match
  if (owner === 'core-js' || owner === 'core-js-pure') {
    return CORE_JS.find(([pattern]) => pattern.test(path))?.[1]
  }
  if ((owner === '@babel/runtime' || owner === '@swc/helpers') && /helpers|esm|cjs|_\//.test(path)) {
    const helper = HELPERS.find(([pattern]) => pattern.test(path))
    return helper && edition(helper[1], `ES${helper[1]} syntax as calls`)
  }
  return PACKAGES[owner]
}

/** Whether every browser of the targets has a feature; none named means the newest. A target nobody knows here may lack it. */
export function supports(targets: readonly string[], feature: Feature): boolean {
  return targets.every((target) => {
    const [, name = '', version = ''] = /^([a-z]+)([\d.]*)$/i.exec(target) ?? []
    if (name === 'esnext') return true
    if (name === 'es') return (version === '6' ? 2015 : Number(version)) >= feature.es
    const since = {
      chrome: feature.chrome,
      edge: feature.edge,
      firefox: feature.firefox,
      safari: feature.safari,
      ios: feature.safari,
    }
    return Number.parseFloat(version) >= (since[name as keyof typeof since] ?? Infinity)
  })
}
