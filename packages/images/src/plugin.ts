import { join, relative, resolve } from 'node:path'
import { artifactCache, findArtifactCache } from '@paceline/artifact-cache'
import { isInside, listFiles } from '@paceline/kit'
import type { Environment, Plugin, ResolvedConfig } from 'vite'
import { imageFormatsPostcss } from './css/image-formats-postcss.ts'
import { withPostcssPlugin } from './css/with-postcss-plugin.ts'
import { EmittedPictures } from './emitted-pictures.ts'
import { endImageProcess } from './encode/work-in-process.ts'
import { findUnused } from './find-unused.ts'
import { ImageLibrary } from './image-library.ts'
import { imagesReport, type ImagesReport } from './images-report.ts'
import { imagesSummary } from './images-summary.ts'
import { NAMES_IN_NEW_URL, rewriteNewUrls } from './js/rewrite-new-urls.ts'
import type { ImagesOptions } from './options.ts'
import { isInlined } from './plugin/asset-url.ts'
import { DevImages } from './plugin/dev-images.ts'
import { EmittedNames } from './plugin/emitted-names.ts'
import { FileStore } from './plugin/file-store.ts'
import { fileOf, findInBuild, isPublic, pathOf, type ReferencePlace } from './plugin/find-replacement.ts'
import { devBase, findInDev, loadImageInDev } from './plugin/find-in-dev.ts'
import { IMAGE_ID, parseImageRequest } from './plugin/image-request.ts'
import { loadImage, loadUrl } from './plugin/load-image.ts'
import { rewriteManifest } from './plugin/rewrite-manifest.ts'
import { plainPicture } from './plugin/plain-picture.ts'
import { publicUrlOf, writePublicSiblings } from './plugin/public-images.ts'
import { resolveImagesOptions } from './resolve-options.ts'

const PLUGIN_NAME = 'paceline:images'

/** Most pages of single-page apps have none of these, and need no parser. */
const MAY_NAME_IMAGES = /<(?:img|source)\b|\bpreload\b/i

const NAMES_IMAGE = /\burl\(\s*["']?(?!data:)[^)"']+\.(?:jpe?g|png|webp|avif|gif|svg)\b/i

/** What the build graph takes from the plugin. */
interface ImagesApi {
  reportSection(environmentName: string): { readonly images?: ImagesReport }
}

/**
 * AVIF and WebP wherever an app names an image: in imports, in HTML, in CSS, in the public folder.
 *
 * Brings the artifact cache along; an instance of it that is listed before counts instead.
 *
 * @throws `PACELINE_OPTIONS_INVALID`, `PACELINE_SIZE_INVALID` at once; a build ends in the errors that the docs list
 */
export function images(options?: ImagesOptions): Plugin[] {
  const resolved = resolveImagesOptions(options)
  let config: ResolvedConfig | undefined
  let library: ImageLibrary | undefined
  let files: FileStore | undefined
  let dev: DevImages | undefined
  /** Libraries stay out of the way: who uses the library decides about its images. */
  let active = true
  /** Whether SVG files that are imported without a word may be meant for another plugin. */
  let leavesSvg = false
  let isSilent = true
  let resolver: ReturnType<ResolvedConfig['createResolver']> | undefined
  const reports = new Map<string, ImagesReport>()
  const written = new Set<string>()
  /** Files of the modules that builds are made from. */
  const modules = new Set<string>()
  const emittedNames = new EmittedNames()
  /** Picture → who imports it: the module graph does not know before the picture is loaded. */
  const importers = new Map<string, string>()
  const nameOf = (file: string): string => displayName(config?.root ?? '', file)

  function placeOf(id: string): ReferencePlace {
    const { root, publicDir } = config!
    // Styles in HTML, and those of Vue and Svelte components, have a query.
    const importer = fileOfId(id)
    return {
      importer,
      root,
      publicDir,
      publicUrl: (path) => publicUrlOf(config!, path, importer),
      isInlined: (original, bytes) => isInlined(config!.build.assetsInlineLimit, { original, bytes }, undefined),
      resolveId: async (url, from) => resolver!(url, from),
    }
  }

  const plugin: Plugin<ImagesApi> = {
    name: PLUGIN_NAME,
    enforce: 'pre',
    api: {
      reportSection(name) {
        const report = reports.get(name)
        return report ? { images: report } : {}
      },
    },
    async config({ root = process.cwd(), css, build }, { command }) {
      // Lightning CSS takes no PostCSS plugins, and in the dev server the originals do.
      if (command !== 'build' || build?.lib || css?.transformer === 'lightningcss') return undefined
      const until = 'rolldownVersion' in this.meta ? 'OnceExit' : 'Once'
      const formats = imageFormatsPostcss(
        (importer, isLast) => findInBuild(library!, files!, placeOf(importer), isLast),
        until,
      )
      return { css: { postcss: await withPostcssPlugin(css?.postcss, root, formats) } }
    },
    configResolved(resolvedConfig) {
      config = resolvedConfig
      resolver = config.createResolver({ preferRelative: true })
      leavesSvg = isBeforeSvgPlugin(config.plugins)
      active = !resolvedConfig.build.lib
      const warn = (message: string): void => resolvedConfig.logger.warn(message)
      const cache = findArtifactCache(resolvedConfig.plugins)!
      const isBuild = resolvedConfig.command === 'build' && !resolvedConfig.build.watch
      const inputs = isBuild ? cache.inputs : undefined
      library = new ImageLibrary({ options: resolved, artifacts: cache.artifacts, inputs, displayName: nameOf, warn })
      files = new FileStore(join(resolvedConfig.cacheDir, 'paceline-images'))
      if (resolvedConfig.command === 'serve') {
        dev = new DevImages(resolved, cache.artifacts, devBase(resolvedConfig), warn)
      }
    },
    configureServer(server) {
      if (dev) server.middlewares.use(dev.middleware)
    },
    buildStart() {
      written.delete(this.environment?.name ?? 'client')
      if (this.environment?.config.consumer === 'server') return
      modules.clear()
      // A watching build transforms again what has changed, and nothing else.
      if (this.meta.watchMode) return
      library?.uses.clear()
      emittedNames.clear()
    },
    resolveId: {
      filter: { id: IMAGE_ID },
      async handler(source, importer, options) {
        if (!active || importer === undefined) return undefined
        const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
        if (resolved) importers.set(resolved.id, importer)
        return resolved
      },
    },
    load: {
      filter: { id: IMAGE_ID },
      async handler(id) {
        const request = active ? parseImageRequest(id) : undefined
        if (!request || !library) return undefined
        const { file, query } = request
        // Public files are served under their own name.
        if (isInside(file, config!.publicDir)) return undefined
        if (leavesSvg && query.size === 0 && /\.svg$/i.test(file)) return undefined
        const importer = importers.get(id)
        const use = { file, importer: importer === undefined ? undefined : fileOfId(importer) }
        // Served as it is: see `plainPicture`.
        if (use.importer === file) return undefined
        // In the dev server plain imports get the original, from Vite.
        if (dev && !query.has('picture')) return undefined
        this.addWatchFile(file)
        const code = dev
          ? await loadImageInDev(library, dev, use, config!, resolved, changeOf(this.environment, id), () =>
              loadAnew(this.environment, id),
            )
          : await loadImage(emittedNames.noting(this), library, use, query, nameOf(file))
        if (code === undefined) return query.has('picture') ? plainPicture(file) : undefined
        return { code, map: null, moduleSideEffects: false }
      },
    },
    transform: {
      filter: { id: /\.(?:css|s[ac]ss|less|styl(?:us)?)(?:\?|$)/, code: NAMES_IMAGE },
      handler(_code, id) {
        if (!isSilent || config?.command !== 'build' || config.css.transformer !== 'lightningcss') return
        isSilent = false
        this.environment.logger.warn(
          `\`${nameOf(fileOfId(id))}\` names a picture that stays as it is: \`css.transformer: 'lightningcss'\` takes no plugin that could ` +
            'rewrite it. Leave the transformer out, or write `image-set()` by hand. This is said once.',
        )
      },
    },
    transformIndexHtml: {
      order: 'pre',
      async handler(html, { filename }) {
        if (!active || !library || !MAY_NAME_IMAGES.test(html)) return undefined
        const place = placeOf(filename)
        const { rewriteHtml } = await import('./html/rewrite-html.ts')
        return rewriteHtml(html, dev ? findInDev(library, dev, place, resolved) : findInBuild(library, files!, place))
      },
    },
    generateBundle: {
      // The manifest comes last.
      order: 'post',
      handler(_output, bundle) {
        if (this.environment.config.consumer === 'client') emittedNames.resolve(this)
        for (const id of this.getModuleIds()) {
          if (id.startsWith('\0')) continue
          modules.add(fileOfId(id))
          const request = parseImageRequest(id)
          if (!request || !library?.uses.has(request.file)) continue
          const { importers: direct = [], dynamicImporters = [] } = this.getModuleInfo(id) ?? {}
          for (const importer of [...direct, ...dynamicImporters].map(fileOfId))
            if (importer !== request.file) library.uses.used({ file: request.file, importer })
        }
        const { manifest } = this.environment.config.build
        const written = manifest ? bundle[manifest === true ? '.vite/manifest.json' : manifest] : undefined
        if (written?.type !== 'asset' || !files || files.originals.size === 0) return
        written.source = rewriteManifest(String(written.source), files, config!.root, nameOf)
      },
    },
    writeBundle() {
      written.add(this.environment.name)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler(error?: Error) {
        const { environment } = this
        if (error) await endImageProcess()
        if (error || !active || !library || !config || config.command !== 'build') return
        if (environment.config.consumer !== 'client' || !written.delete(environment.name)) return
        const { build } = environment.config
        const outDir = resolve(config.root, build.outDir)
        if (build.copyPublicDir) await writePublicSiblings(library, config, outDir)
        // Nothing else is encoded in this build.
        if (!this.meta.watchMode) await endImageProcess()
        await files?.prune()
        const { root, publicDir } = config
        const { uses } = library
        const names = await listFiles(outDir)
        const emitted = new EmittedPictures(outDir, names, emittedNames.byBytes)
        const app = { root, publicDir, outDir, modules, used: uses.all().keys() }
        const unused = await findUnused(app, { names, pictures: emitted })
        const report = await imagesReport({ uses, unused, emitted, displayName: nameOf })
        reports.set(environment.name, report)
        const summary = imagesSummary(report)
        if (summary !== undefined) environment.logger.info(summary)
      },
    },
  }
  const newUrls: Plugin = {
    name: `${PLUGIN_NAME}-new-url`,
    apply: 'build',
    // Vite has nothing to say about these on a server.
    applyToEnvironment: ({ config: { consumer } }) => consumer === 'client',
    transform: {
      filter: { code: NAMES_IN_NEW_URL },
      async handler(code, id) {
        if (!active || !library) return undefined
        const place = placeOf(id)
        return rewriteNewUrls(
          code,
          (text) => this.parse(text),
          async (path) => {
            const file = isPublic(path, place) ? undefined : await fileOf(path, place)
            if (file === undefined) return undefined
            this.addWatchFile(file)
            return loadUrl(emittedNames.noting(this), library!, { file, importer: place.importer }, nameOf(file))
          },
        )
      },
    },
  }
  const watchedPages: Plugin = {
    name: `${PLUGIN_NAME}-watch`,
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\.html?$/, code: MAY_NAME_IMAGES },
      async handler(html, id) {
        if (!active || !library || !this.meta.watchMode) return
        const place = placeOf(id)
        const { rewriteHtml } = await import('./html/rewrite-html.ts')
        // A page is transformed by Vite, in a hook that can watch nothing.
        await rewriteHtml(html, async (url) => {
          const path = pathOf(url)
          const file = path === undefined || isPublic(path, place) ? undefined : await fileOf(path, place)
          if (file !== undefined) this.addWatchFile(file)
          return undefined
        })
      },
    },
  }
  return [...artifactCache(), plugin, newUrls, watchedPages]
}

function fileOfId(id: string): string {
  return id.replace(/\?.*$/s, '')
}

/**
 * Plugins that make components of SVG files answer for plain imports, too, when they are told to: `svg-loader` for Vue does without. One that
 * stands behind this plugin would not be asked.
 */
function isBeforeSvgPlugin(plugins: readonly Plugin[]): boolean {
  const own = plugins.findIndex(({ name }) => name === PLUGIN_NAME)
  return plugins.slice(own + 1).some(({ name, enforce }) => enforce === 'pre' && /svg/i.test(name))
}

function displayName(root: string, file: string): string {
  return relative(root, file).replaceAll('\\', '/')
}

/** When the file of a module was changed last since the dev server runs, in milliseconds; 0 for never, and in builds. */
function changeOf(environment: Environment, id: string): number {
  return environment.mode === 'dev' ? (environment.moduleGraph.getModuleById(id)?.lastHMRTimestamp ?? 0) : 0
}

/** Has a module loaded again when it is next asked for; pages that are open stay as they are. */
function loadAnew(environment: Environment, id: string): void {
  const module = environment.mode === 'dev' ? environment.moduleGraph.getModuleById(id) : undefined
  if (module && environment.mode === 'dev') environment.moduleGraph.invalidateModule(module)
}
