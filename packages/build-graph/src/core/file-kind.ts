import type { FileKind } from '../report.ts'

const KINDS: Readonly<Record<string, FileKind>> = {
  js: 'js',
  mjs: 'js',
  cjs: 'js',
  css: 'css',
  html: 'html',
  htm: 'html',
  avif: 'image',
  webp: 'image',
  png: 'image',
  jpg: 'image',
  jpeg: 'image',
  gif: 'image',
  svg: 'image',
  ico: 'image',
  bmp: 'image',
  jxl: 'image',
  woff: 'font',
  woff2: 'font',
  ttf: 'font',
  otf: 'font',
  eot: 'font',
  wasm: 'wasm',
}

/** What a file is to the browser, by its extension. */
export function fileKind(file: string): FileKind {
  return KINDS[file.slice(file.lastIndexOf('.') + 1).toLowerCase()] ?? 'other'
}

/** Ids of modules that Vite reads as stylesheets, in whatever language. */
export const STYLESHEET: RegExp = /\.(?:css|less|sass|scss|styl|stylus|pcss|postcss|sss)(?:$|\?)/
