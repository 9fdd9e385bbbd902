// A wall on `/live`: Engine.IO 4 and Socket.IO's text packets over a plain websocket, with the rule of every client of the
// board: a delta joins what is known, is old, or leaves a gap that has to be asked for again.
import http from 'k6/http'
import { Counter, Trend } from 'k6/metrics'
import { setTimeout } from 'k6/timers'
import { WebSocket } from 'k6/websockets'
import { BASE } from './people.js'

const deltas = new Counter('wall_deltas')
const gaps = new Counter('wall_gaps')
const wrong = new Counter('wall_figures_wrong')
const compared = new Counter('wall_figures_compared')
const broken = new Counter('wall_connections_broken')
const lag = new Trend('wall_lag', true)

/** To be spread into a script's thresholds. A restart of the api may break connections; gaps are never shown. */
export const WALLS = { wall_figures_wrong: ['count==0'], wall_figures_compared: ['count>0'] }

const NAMESPACE = '/live'
const URL = `${BASE.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`

/**
 * Opens one wall for `seconds`; at the end its figures must equal `GET /board` at the same seq. The iteration ends when the
 * socket does.
 */
export function watch(cookie, { seconds, scope = 'city' }) {
  const board = { epoch: undefined, seq: 0, day: '', counts: new Map(), rate: 1 }
  const socket = new WebSocket(URL, null, { headers: { cookie } })
  let isDone = false
  const send = (event, data) => socket.send(`42${NAMESPACE},${JSON.stringify([event, data])}`)
  const position = () => ({ epoch: board.epoch, lastSeq: board.seq })

  function take(counts) {
    for (const { key, metric, n } of counts)
      if (metric === 'reported' || metric === 'closed') board.counts.set(`${key}|${metric}`, n)
  }
  const on = {
    snapshot(s) {
      Object.assign(board, {
        epoch: s.epoch,
        seq: s.seq,
        day: s.day,
        rate: s.clock?.rate || 1,
        counts: new Map(),
      })
      take(s.counts)
    },
    delta(d) {
      if (d.epoch === board.epoch && d.seq <= board.seq) return
      if (d.epoch !== board.epoch || d.prevSeq > board.seq) {
        gaps.add(1)
        send('resync', position())
        return
      }
      if (d.changes.day !== board.day) Object.assign(board, { day: d.changes.day, counts: new Map() })
      take(d.changes.counts)
      board.seq = d.seq
      deltas.add(1)
      if (board.rate === 1) lag.add(Math.max(0, Date.now() - d.changes.at))
    },
    heartbeat(b) {
      if (b.epoch !== board.epoch || b.prevSeq > board.seq) send('resync', position())
    },
  }

  socket.onmessage = ({ data }) => {
    if (data[0] === '0') socket.send(`40${NAMESPACE},${JSON.stringify({ scope })}`)
    else if (data[0] === '2') socket.send('3')
    else if (data.startsWith(`42${NAMESPACE},`)) {
      const [event, message] = JSON.parse(data.slice(`42${NAMESPACE},`.length))
      if (on[event]) on[event](message)
    }
  }
  socket.onclose = () => {
    if (!isDone) broken.add(1)
  }
  socket.onerror = () => {}

  // The figures are compared at one seq; while events still come in, the two are rarely at the same one: some tries.
  function compare(tries) {
    const answer = http.get(`${BASE}/api/v1/board?scope=${scope}`, {
      headers: { cookie },
      tags: { name: 'board' },
    })
    const snapshot = answer.status === 200 ? answer.json() : undefined
    if (snapshot && snapshot.seq === board.seq) {
      compared.add(1)
      for (const metric of ['reported', 'closed'])
        if ((board.counts.get(`${scope}|${metric}`) || 0) !== (snapshot.totals[metric] || 0)) wrong.add(1)
    } else if (tries > 0) return void setTimeout(() => compare(tries - 1), 250)
    isDone = true
    socket.close()
  }
  setTimeout(() => compare(40), seconds * 1000)
}
