import { RouterProvider, createRouter } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { routeTree } from './routeTree.gen'
import './style.css'

createRoot(document.getElementById('root')!).render(<RouterProvider router={createRouter({ routeTree })} />)
