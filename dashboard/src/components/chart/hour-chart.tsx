// Reports and closings by hour of the city day, against the band of the same weekdays. Only the parts of ECharts it draws with.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { HourRow } from '#domain/board-view.ts'
import type { BandRow } from '#domain/month.ts'
import { type ChartTheme, chartTheme } from './theme.ts'
import styles from './chart.module.css'

use([BarChart, LineChart, GridComponent, SVGRenderer])

/** A curve of the day is drawn at most this often, however fast its figures change. */
const REDRAW_MS = 1_000

/** What the theme depends on, without asking the browser for computed styles: that has it lay out the page anew. */
const lookNow = () =>
  `${document.documentElement.style.fontSize} ${window.innerWidth} ${window.matchMedia('(prefers-color-scheme: light)').matches}`

/** `until`: the hour now running; later hours are not drawn as zero. */
export function HourChart(props: { hours: HourRow[]; band?: readonly BandRow[]; until: number }) {
  const { hours, band, until } = props
  const container = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)
  const drawn = useRef<string>(undefined)

  useEffect(() => {
    const element = container.current
    if (!element) return
    const made = init(element, null, { renderer: 'svg' })
    chart.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = undefined
      drawn.current = undefined
    }
  }, [])

  const look = useRef<{ of: string; theme: ChartTheme }>(undefined)
  const draw = useRef(() => {})
  draw.current = () => {
    const element = container.current
    if (!element || !chart.current) return
    // The rows are new ones with each change of the board, and mostly say the same: drawing is dear, comparing is not.
    const of = lookNow()
    const wanted = JSON.stringify([hours, band, until, of])
    if (drawn.current === wanted) return
    drawn.current = wanted
    if (look.current?.of !== of) look.current = { of, theme: chartTheme(element) }
    const { rem, still, text, line, data, data2, band: bandColour } = look.current.theme
    const shown = (row: HourRow, n: number) => (row.hour <= until ? n : null)
    const bandOf = (h: HourRow) => band?.find((b) => b.hour === h.hour)
    const plain = {
      type: 'line',
      symbol: 'none',
      silent: true,
      lineStyle: { width: 0 },
      stack: 'band',
    } as const
    chart.current.setOption({
      animation: !still,
      animationDuration: 300,
      animationDurationUpdate: 300,
      grid: { left: 3 * rem, right: 0.75 * rem, top: 0.875 * rem, bottom: 2 * rem },
      xAxis: {
        type: 'category',
        data: hours.map((h) => h.hour),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: line } },
        axisLabel: { ...text, interval: (i: number) => i % 6 === 0, formatter: (v: string) => `${v}` },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 2,
        axisLabel: text,
        splitLine: { lineStyle: { color: line } },
      },
      series: [
        { ...plain, data: band?.length ? hours.map((h) => bandOf(h)?.low ?? 0) : [] },
        {
          ...plain,
          data: band?.length ? hours.map((h) => (bandOf(h)?.high ?? 0) - (bandOf(h)?.low ?? 0)) : [],
          areaStyle: { color: bandColour, opacity: 0.28 },
        },
        {
          type: 'bar',
          data: hours.map((h) => shown(h, h.reported)),
          itemStyle: { color: data },
          barCategoryGap: '34%',
        },
        {
          type: 'line',
          data: hours.map((h) => shown(h, h.closed)),
          symbol: 'none',
          lineStyle: { color: data2, width: 0.1875 * rem },
        },
      ],
    })
  }

  useEffect(() => {
    draw.current()
    const timer = setInterval(() => draw.current(), REDRAW_MS)
    return () => clearInterval(timer)
  }, [])

  return <div ref={container} className={styles.chart} aria-hidden="true" />
}
