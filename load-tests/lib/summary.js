// What a run leaves behind: a table on the terminal, and with SUMMARY=path a JSON file and an HTML page beside it. Nothing
// is fetched from anywhere.

const unit = (metric) => (metric.contains === 'time' ? ' ms' : '')
const number = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1))

function figures({ type, values, ...metric }) {
  if (type === 'trend')
    return ['med', 'p(95)', 'p(99)', 'max']
      .filter((k) => values[k] !== undefined)
      .map((k) => `${k} ${number(values[k])}${unit(metric)}`)
      .join('  ')
  if (type === 'rate') return `${(values.rate * 100).toFixed(2)} % of ${values.passes + values.fails}`
  if (type === 'counter') return `${number(values.count)}  ${number(values.rate)}/s`
  return number(values.value)
}

const judgement = (thresholds) =>
  Object.entries(thresholds || {})
    .map(([rule, { ok }]) => `${ok ? 'ok' : 'FAILED'} ${rule}`)
    .join(', ')

const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c])

/** To be called by a script's handleSummary. `notes` are lines of its own. */
export function summary(title, data, notes = []) {
  const rows = Object.entries(data.metrics)
    .filter(
      ([name]) => !/^(data_|http_req_(blocked|connecting|tls|sending|receiving|waiting)|ws_)/.test(name),
    )
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, metric]) => [name, figures(metric), judgement(metric.thresholds)])
  const width = Math.max(...rows.map(([name]) => name.length))
  const text = [
    '',
    title,
    ...rows.map(([name, value, ok]) => `  ${name.padEnd(width)}  ${value}${ok ? `   ${ok}` : ''}`),
    ...notes.map((n) => `  ${n}`),
    '',
  ].join('\n')
  const out = { stdout: text }
  const path = __ENV.SUMMARY
  if (path) {
    out[path.endsWith('.json') ? path : `${path}.json`] = JSON.stringify({ title, notes, ...data }, null, 2)
    out[`${path.replace(/\.json$/, '')}.html`] = page(title, rows, notes)
  }
  return out
}

const page = (title, rows, notes) => `<!doctype html>
<meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:15px/1.5 system-ui;margin:2rem;max-width:70rem}td{padding:.2rem 1rem .2rem 0;border-bottom:1px solid #ddd}
td:nth-child(2){font-variant-numeric:tabular-nums}.failed{color:#a00;font-weight:600}</style>
<h1>${escaped(title)}</h1><table>${rows
  .map(
    ([name, value, ok]) =>
      `<tr><td>${escaped(name)}<td>${escaped(value)}<td class="${ok.includes('FAILED') ? 'failed' : ''}">${escaped(ok)}`,
  )
  .join('\n')}</table>${notes.map((n) => `<p>${escaped(n)}</p>`).join('')}`

/** Percentiles that the tables show. */
export const STATS = ['avg', 'min', 'med', 'max', 'p(95)', 'p(99)']

/** Thresholds on time; EXACT_ONLY=1 leaves them out, where a busy machine must not decide. */
export const latency = (thresholds) => (__ENV.EXACT_ONLY ? {} : thresholds)
