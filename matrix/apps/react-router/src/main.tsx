import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider, createBrowserRouter } from 'react-router'
import { Layout } from './layout'
import './style.css'

const router = createBrowserRouter([
  {
    element: <Layout />,
    HydrateFallback: () => <p>Loading</p>,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./pages/home')).default }) },
      { path: 'about', lazy: async () => ({ Component: (await import('./pages/about')).default }) },
    ],
  },
])

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
