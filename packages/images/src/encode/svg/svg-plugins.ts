import type { PluginConfig } from 'svgo'

/** The largest error that rounding may make, as a part of the drawing: a quarter of a pixel on a screen 1000 pixels wide. */
const LARGEST_ERROR = 1 / 4000

/**
 * The plugins of svgo that change how a drawing is written, not what it is made of. Of its default preset, left out is what takes away
 * or renames things that a style sheet, a script or a link from elsewhere (`icons.svg#arrow`) may look for: ids, classes, groups, hidden and
 * empty elements, shapes by their name, titles and descriptions.
 *
 * @param extent the larger side of the view box: small ones need more digits than svgo's three
 */
export function svgPlugins(extent: number): PluginConfig[] {
  const digits = Math.ceil(Math.log10(0.5 / (extent * LARGEST_ERROR)))
  const floatPrecision = Math.min(Math.max(3, digits), 8)
  return [
    'removeDoctype',
    'removeXMLProcInst',
    'removeComments',
    'removeMetadata',
    'removeEditorsNSData',
    'cleanupAttrs',
    'mergeStyles',
    { name: 'minifyStyles', params: { usage: false } },
    'removeUselessDefs',
    { name: 'cleanupNumericValues', params: { floatPrecision } },
    { name: 'convertColors', params: {} },
    {
      name: 'removeUnknownsAndDefaults',
      params: { unknownContent: false, unknownAttrs: false, uselessOverrides: false, keepRoleAttr: true },
    },
    'cleanupEnableBackground',
    {
      name: 'convertPathData',
      // Arcs in place of curves are off by up to half a per cent of their radius: one icon of a hundred was seen to change.
      params: { floatPrecision, transformPrecision: floatPrecision + 2, makeArcs: { threshold: 0, tolerance: 0 } },
    },
    { name: 'convertTransform', params: { floatPrecision, transformPrecision: floatPrecision + 2 } },
    'removeEmptyAttrs',
    'removeUnusedNS',
    'sortAttrs',
    'sortDefsChildren',
  ]
}
