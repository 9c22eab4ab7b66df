/**
 * Packages that keep state per copy: hooks, contexts and stores of one copy are unknown to the other, so two copies are
 * a fault and not only bytes. What is listed is documented by each as "must be a single instance".
 */
export const sharedStatePackages: readonly string[] = [
  'react',
  'react-dom',
  'scheduler',
  'preact',
  'vue',
  '@vue/runtime-core',
  'svelte',
  'solid-js',
  '@angular/core',
  'react-redux',
  'react-router',
  'react-router-dom',
  '@tanstack/react-query',
  '@tanstack/react-router',
  '@apollo/client',
  '@emotion/react',
  'styled-components',
  'react-hook-form',
  'react-i18next',
  'i18next',
  'pinia',
  'vue-router',
  'mobx',
  'graphql',
  'yjs',
  'three',
]
