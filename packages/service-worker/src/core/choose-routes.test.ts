import { describe, expect, it } from 'vitest'
import { chooseRoutes } from './choose-routes.ts'

const known = ['/', '/notes', '/notes/:noteId', '/help', '/unseen']
const visits = { '/help': 0.2, '/notes/:noteId': 3, '*': 9, '/': 1.5, '/notes': 1.5, '/seldom': 0 }

describe('chooseRoutes', () => {
  it('takes all where none is named, and those that are', () => {
    expect(chooseRoutes(undefined, known).names).toEqual(known)
    expect(chooseRoutes(['/help'], known).names).toEqual(['/help'])
  })

  it('takes those that most visits begin on, and never the others together', () => {
    expect(chooseRoutes({ mostVisited: 1, visits }, known).names).toEqual(['/notes/:noteId'])
    expect(chooseRoutes({ mostVisited: 3, visits }, [...known, '*']).names).toEqual(['/notes/:noteId', '/', '/notes'])
  })

  it('takes of two with the same weight the same in every order of the record', () => {
    const reversed = Object.fromEntries(Object.entries(visits).toReversed())
    for (const record of [visits, reversed])
      expect(chooseRoutes({ mostVisited: 2, visits: record }, known).names).toEqual(['/notes/:noteId', '/'])
  })

  it('says which names are of no route any more', () => {
    const chosen = chooseRoutes({ mostVisited: 1, visits: { ...visits, '/old': 20 } }, known)
    expect(chosen).toEqual({ names: ['/notes/:noteId'], gone: ['/seldom', '/old'] })
  })

  it.each([
    ['PACELINE_SW_ROUTE_UNKNOWN', ['/nowhere'], "received '/nowhere'"],
    [
      'PACELINE_SW_VISITS_UNKNOWN',
      { mostVisited: 1, visits: { '/a': 1, '/b': 2 } },
      'received /a, /b. Known: /, /notes',
    ],
    ['PACELINE_SW_VISITS_UNKNOWN', { mostVisited: 1, visits: {} }, 'received none'],
    ['PACELINE_SW_VISITS_UNKNOWN', { mostVisited: 1, visits: { '*': 1 } }, 'received none'],
    // A route without a visit is not visited.
    [
      'PACELINE_SW_VISITED_TOO_FEW',
      { mostVisited: 2, visits: { '/': 1, '/help': 0 } },
      'received 2, and `visits` has 1 of the 5',
    ],
    ['PACELINE_SW_VISITED_TOO_FEW', { mostVisited: 50, visits }, 'received 50, and `visits` has 4'],
  ])('%s: says what is wrong with %j', (code, wanted, message) => {
    expect(() => chooseRoutes(wanted, known)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })
})
