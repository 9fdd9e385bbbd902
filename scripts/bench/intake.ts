// Intake: POST /cases at the real api in a process of its own: logged in, validated, idempotent, numbered, durable. The
// client is plain sockets: it shares the cores with what is measured, and a general one takes a third as much as the api.
import { once } from 'node:events'
import { connect } from 'node:net'

export interface IntakeRound {
  perSecond: number
  p99Ms: number
}

export interface IntakeOptions {
  connections: number
  seconds: number
  /** Makes the keys of this round its own. */
  round: number
}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * One round over all connections, shared out among the apis: each connection sends its next report when the last is answered. @throws when any answer was not a 201: a
 * bench of errors is worth nothing.
 */
export async function intake(
  urls: readonly string[],
  cookie: string,
  place: { lng: number; lat: number },
  { connections, seconds, round }: IntakeOptions,
): Promise<IntakeRound> {
  const hosts = urls.map((url) => new URL(url))
  const latencies: number[] = []
  let n = 0
  const head =
    `POST /api/v1/cases HTTP/1.1\r\nhost: ${hosts[0]?.host}\r\ncontent-type: application/json\r\ncookie: ${cookie}\r\n` +
    `idempotency-key: bench-${process.pid}-${round}-`
  const location = JSON.stringify({ lng: place.lng, lat: place.lat, accuracyM: 12 })
  const next = () => {
    n += 1
    const body = `{"description":"道路有少量垃圾 ${n}","location":${location},"categoryCode":"E0110","source":"grid","address":"人民路"}`
    return `${head}${n}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  }
  const from = performance.now()
  const until = from + seconds * 1000

  /** Reports over one connection until the time is up. */
  async function reporter(_: unknown, i: number): Promise<void> {
    const { port, hostname } = hosts[i % hosts.length] as URL
    const socket = connect(Number(port), hostname)
    socket.setNoDelay()
    await once(socket, 'connect')
    const finished = Promise.withResolvers<void>()
    let sentAt = 0
    let got: Buffer = Buffer.alloc(0)
    const send = () => {
      sentAt = performance.now()
      socket.write(next())
    }
    socket.on('error', finished.reject)
    socket.on('close', () => finished.reject(new Error('intake: the api closed a connection')))
    socket.on('data', (chunk: Buffer) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      const end = got.indexOf(HEAD_END)
      if (end < 0) return
      const answer = got.toString('latin1', 0, end)
      const length = /content-length: (\d+)/i.exec(answer)?.[1]
      if (length === undefined)
        return finished.reject(new Error(`intake: an answer without a length: ${answer}`))
      if (got.length < end + HEAD_END.length + Number(length)) return
      if (!answer.startsWith('HTTP/1.1 201 ')) return finished.reject(new Error(`intake: ${got}`))
      got = Buffer.alloc(0)
      const now = performance.now()
      latencies.push(now - sentAt)
      if (now < until) send()
      else finished.resolve()
    })
    send()
    try {
      await finished.promise
    } finally {
      socket.destroy()
    }
  }

  await Promise.all(Array.from({ length: connections }, reporter))
  const took = (performance.now() - from) / 1000
  latencies.sort((a, b) => a - b)
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? 0
  return { perSecond: latencies.length / took, p99Ms: Math.round(p99 * 10) / 10 }
}
