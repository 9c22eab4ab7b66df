import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { router } from './app/router.tsx'
import { StudioProvider } from './app/studio-provider.tsx'
import './styles/global.css'

// The browser asks for a font once it lays out text in it. Asked for here, it travels while the app renders for the first time, and is there in
// time on a fast connection. Without it the fallback stays, which is no error.
document.fonts.load("1em 'Figtree Variable'").catch(() => undefined)

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <StudioProvider>
      <RouterProvider router={router} />
    </StudioProvider>
  </StrictMode>,
)
