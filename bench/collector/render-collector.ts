import type { Machine } from '../lib/machine.ts'
import { spreadTimes, table } from '../lib/render-units.ts'
import { SITE } from './make-traffic.ts'
import type { HalfLoad, IntakeFigure } from './measure-intake.ts'
import type { KillFigure } from './measure-kills.ts'
import { daysOf } from './measure-queries.ts'
import type { QueriesResult } from './measure-queries.ts'
import type { SteadyFigure } from './measure-steady.ts'

export interface CollectorResults {
  readonly date: string
  readonly machine: Machine
  readonly rounds: number
  readonly intake?: readonly IntakeFigure[]
  readonly halfLoad?: HalfLoad
  readonly steady?: SteadyFigure
  readonly queries?: QueriesResult
  readonly kills?: KillFigure
}

export function renderCollector(results: CollectorResults): string {
  const { date, machine, rounds, intake, halfLoad, steady, queries, kills } = results
  const parts = [
    '# Collecting beacons',
    `${date}, ${machine.cores} × ${machine.cpu}, ${machine.system}, Node ${machine.node}, load ${machine.load.toFixed(1)} before. Server and load on one machine, over loopback.`,
    intake && renderIntake(intake, rounds),
    halfLoad &&
      `At half of that, ${whole(halfLoad.rate)} requests per second: answered after ${ms(halfLoad.p50)} in the middle, ${ms(halfLoad.p99)} at the 99th percentile, ${ms(halfLoad.most)} at most.`,
    steady && renderSteady(steady),
    queries && renderQueries(queries),
    kills &&
      `Killed (SIGKILL) at ${kills.rounds} random moments under load: ${whole(kills.acknowledged)} beacons were answered 204, ${whole(kills.lost)} of them lost.`,
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function renderIntake(figures: readonly IntakeFigure[], rounds: number): string {
  const rows = figures.map(({ perPost, server, requests, beacons, cpu, rss, ratio, refused }) => [
    `${perPost}`,
    server === 'floor' ? '`node:http`, parses the JSON' : 'collector, on disk',
    `${whole(requests.median)} (${whole(requests.min)}–${whole(requests.max)})`,
    whole(beacons.median),
    `${cpu.median.toFixed(0)}`,
    `${(rss / 1e6).toFixed(0)} MB`,
    spreadTimes(ratio),
    whole(refused),
  ])
  const head = [
    'beacons per POST',
    'server',
    'POSTs per second',
    'beacons per second',
    'CPU per POST, µs',
    'RSS',
    'against the floor',
    'refused',
  ]
  return `512 connections kept alive, each with one request under way; ${rounds} rounds in turn, median and spread. Each POST is answered when its beacons are on disk (SQLite, \`synchronous = FULL\`). Under this load the figures lag behind the raw log: the thread that counts leaves the machine to the one that writes.\n\n${table(head, rows)}`
}

function renderSteady({ rate, minutes, answered, refused, rss, growth }: SteadyFigure): string {
  const after = rss.map((bytes) => `${(bytes / 1e6).toFixed(0)}`).join(', ')
  return `${minutes} minutes at ${whole(rate)} beacons per second: ${whole(answered)} answered, ${whole(refused)} refused; RSS after each minute ${after} MB, ${(growth * 100).toFixed(0)} % at most above the first.`
}

function renderQueries({ beacons, days, countries, took, bytes, figures, views }: QueriesResult): string {
  const rows = views.map((one) => {
    const { query, cold, cached } = one.slowest
    const times = [cold.p50, cold.p95, cold.p99, cached.p95, one.whole.p50, one.whole.p95]
    return [`${one.view}, ${daysOf(one.days)}`, query.replace(/ of .*/, ''), ...times.map(ms)]
  })
  const { routes, releases, devices, navs } = SITE
  const told = `${routes} routes, ${releases} releases one after the other, ${devices} classes of device, ${navs} types of navigation${countries ? ', 10 countries' : ''}`
  const head = ['looked at', 'slowest question', 'p50', 'p95', 'p99', 'cached: p95', 'whole page: p50', 'p95']
  return `${whole(beacons)} beacons of ${days} days (${told}): stored and counted in ${took.toFixed(0)} s, ${(bytes / 1e9).toFixed(2)} GB. ${figures.length} questions of the dashboard, over HTTP, each 20 times with the cache of answers cleared, and asked again; of each view the slowest, and how long all takes that a page asks at once:\n\n${table(head, rows)}`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`
}
