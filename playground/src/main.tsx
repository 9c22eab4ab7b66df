import './app/early-font.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { router } from './app/router.tsx'
import { StudioProvider } from './app/studio-provider.tsx'
import './styles/global.css'

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <StudioProvider>
      <RouterProvider router={router} />
    </StudioProvider>
  </StrictMode>,
)
