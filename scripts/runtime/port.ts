// Ports: is one free, which one is, and who has it. Asks by binding, the only answer that counts.
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'

function bind(port: number, host: string): Promise<{ port: number } | { code: string }> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve({ code: error.code ?? 'unknown' }))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve({ port: bound }))
    })
  })
}

export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return 'port' in (await bind(port, host))
}

/** A port that nothing uses at this moment. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  const bound = await bind(0, host)
  if ('code' in bound) throw new Error(`No free port on ${host}: ${bound.code}`)
  return bound.port
}

/** Whether what has the port is a Huiyin, by its health page. */
async function isHuiyin(port: number, host: string): Promise<boolean> {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  try {
    const response = await fetch(`http://${name}:${port}/api/v1/city`, { signal: AbortSignal.timeout(1000) })
    return response.ok && typeof (await response.json())?.centreName === 'string'
  } catch {
    // Not one that speaks HTTP with JSON: some other program.
    return false
  }
}

/** `name (pid n)` of the listener, as far as the system tells this user. */
function listener(port: number): string | undefined {
  const ss = spawnSync('ss', ['-ltnpH', `sport = :${port}`], { encoding: 'utf8' })
  const byName = /\(\("([^"]+)",pid=(\d+)/.exec(ss.stdout ?? '')
  if (byName !== null) return `${byName[1]} (pid ${byName[2]})`
  const lsof = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' })
  const fields = /p(\d+)\nc(.+)/.exec(lsof.stdout ?? '')
  return fields === null ? undefined : `${fields[2]} (pid ${fields[1]})`
}

async function nextFree(port: number, host: string): Promise<number> {
  for (let candidate = port + 1; candidate < Math.min(port + 20, 65_536); candidate++) {
    if (await isFree(candidate, host)) return candidate
  }
  return freePort(host)
}

/** @throws with who has it and what to do, when a server could not listen there. */
export async function assertCanListen(
  port: number,
  host: string,
  variable: 'PORT' | 'HTTP_PORT' = 'PORT',
): Promise<void> {
  const bound = await bind(port, host)
  if ('port' in bound) return
  if (bound.code === 'EADDRINUSE') {
    const who = listener(port)
    const what = (await isHuiyin(port, host)) ? 'another Huiyin' : 'another program'
    throw new Error(
      [
        `Port ${port} on ${host} is taken by ${what}${who === undefined ? '' : `: ${who}`}.`,
        `Stop it, or choose another port: ${variable}=${await nextFree(port, host)} npm start`,
      ].join('\n'),
    )
  }
  if (bound.code === 'EACCES') {
    throw new Error(
      `This user may not listen on port ${port}. Choose one above 1023 (${variable}=8080), or put a reverse proxy in front.`,
    )
  }
  throw new Error(
    `Cannot listen on ${host}:${port} (${bound.code}). HOST must be an address of this machine, e.g. HOST=127.0.0.1 or HOST=0.0.0.0.`,
  )
}
