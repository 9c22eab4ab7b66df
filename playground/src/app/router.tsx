import { createBrowserRouter, type RouteObject } from 'react-router'
import { DashboardPage } from '../pages/dashboard/dashboard-page.tsx'
import { NotFoundPage } from '../pages/not-found/not-found-page.tsx'
import { SetupPage } from '../pages/setup/setup-page.tsx'
import { WelcomePage } from '../pages/welcome/welcome-page.tsx'
import { PageError } from '../shell/page-error.tsx'
import { PageSkeleton } from '../shell/page-skeleton.tsx'
import { PlainLayout } from '../shell/plain-layout.tsx'
import { Shell } from '../shell/shell.tsx'

/**
 * Every address of the app. Four pages are part of the first load; a page behind `lazy` is a module that exports its
 * `Component`, fetched when somebody goes there. A page that fails, or fails to arrive, is replaced by the nearest
 * `PageError`, with the navigation around it intact.
 */
const routes: RouteObject[] = [
  {
    Component: PlainLayout,
    ErrorBoundary: PageError,
    children: [
      { index: true, Component: WelcomePage },
      { path: 'setup', Component: SetupPage },
    ],
  },
  {
    Component: Shell,
    ErrorBoundary: PageError,
    children: [
      {
        ErrorBoundary: PageError,
        HydrateFallback: PageSkeleton,
        children: [
          { path: 'dashboard', Component: DashboardPage },
          { path: 'projects', lazy: () => import('../pages/projects/projects-page.tsx') },
          { path: 'projects/new', lazy: () => import('../pages/projects/new-project-page.tsx') },
          { path: 'projects/:projectId', lazy: () => import('../pages/projects/project-page.tsx') },
          { path: 'projects/:projectId/board', lazy: () => import('../pages/projects/board-page.tsx') },
          { path: 'projects/:projectId/edit', lazy: () => import('../pages/projects/edit-project-page.tsx') },
          { path: 'photos', lazy: () => import('../pages/photos/photos-page.tsx') },
          { path: 'photos/:photoId', lazy: () => import('../pages/photos/photo-page.tsx') },
          { path: 'darkroom', lazy: () => import('../pages/darkroom/darkroom-page.tsx') },
          { path: 'notes', lazy: () => import('../pages/notes/notes-page.tsx') },
          { path: 'notes/:noteId', lazy: () => import('../pages/notes/note-page.tsx') },
          { path: 'assets', lazy: () => import('../pages/assets/assets-page.tsx') },
          { path: 'import', lazy: () => import('../pages/imports/import-page.tsx') },
          { path: 'calendar', lazy: () => import('../pages/calendar/calendar-page.tsx') },
          { path: 'search', lazy: () => import('../pages/search/search-page.tsx') },
          { path: 'activity', lazy: () => import('../pages/activity/activity-page.tsx') },
          {
            path: 'analytics',
            lazy: () => import('../pages/analytics/analytics-layout.tsx'),
            children: [
              {
                ErrorBoundary: PageError,
                children: [
                  { index: true, lazy: () => import('../pages/analytics/overview-page.tsx') },
                  { path: 'audience', lazy: () => import('../pages/analytics/audience-page.tsx') },
                  { path: 'storage', lazy: () => import('../pages/analytics/storage-page.tsx') },
                  { path: 'exports', lazy: () => import('../pages/analytics/exports-page.tsx') },
                ],
              },
            ],
          },
          {
            path: 'settings',
            lazy: () => import('../pages/settings/settings-layout.tsx'),
            children: [
              {
                ErrorBoundary: PageError,
                children: [
                  { index: true, lazy: () => import('../pages/settings/profile-page.tsx') },
                  { path: 'appearance', lazy: () => import('../pages/settings/appearance-page.tsx') },
                  { path: 'language', lazy: () => import('../pages/settings/language-page.tsx') },
                  { path: 'notifications', lazy: () => import('../pages/settings/notifications-page.tsx') },
                  { path: 'shortcuts', lazy: () => import('../pages/settings/shortcuts-page.tsx') },
                  { path: 'exports', lazy: () => import('../pages/settings/exports-page.tsx') },
                  { path: 'storage', lazy: () => import('../pages/settings/storage-page.tsx') },
                  { path: 'privacy', lazy: () => import('../pages/settings/privacy-page.tsx') },
                  { path: 'team', lazy: () => import('../pages/settings/team-page.tsx') },
                  { path: 'billing', lazy: () => import('../pages/settings/billing-page.tsx') },
                  { path: 'integrations', lazy: () => import('../pages/settings/integrations-page.tsx') },
                  { path: 'api-keys', lazy: () => import('../pages/settings/api-keys-page.tsx') },
                  { path: 'about', lazy: () => import('../pages/settings/about-page.tsx') },
                ],
              },
            ],
          },
          { path: 'feedback', lazy: () => import('../pages/feedback/feedback-page.tsx') },
          { path: 'credits', lazy: () => import('../pages/credits/credits-page.tsx') },
          { path: 'offline', lazy: () => import('../pages/offline/offline-page.tsx') },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
]

export const router = createBrowserRouter(routes)
