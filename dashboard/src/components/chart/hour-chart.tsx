// Reports and closings by hour of the city day, behind a plain data prop. Only the parts of ECharts it draws with.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use, type EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import type { HourRow } from '#domain/board-view.ts'
import styles from './chart.module.css'

use([BarChart, LineChart, GridComponent, SVGRenderer])

const token = (element: Element, name: string) => getComputedStyle(element).getPropertyValue(name).trim()

/** `until`: the hour now running; later hours are not drawn as zero. */
export function HourChart({ hours, until }: { hours: HourRow[]; until: number }) {
  const container = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(undefined)

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
    }
  }, [])

  useEffect(() => {
    const element = container.current
    if (!element || !chart.current) return
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    const shown = (row: HourRow, n: number) => (row.hour <= until ? n : null)
    const text = {
      color: token(element, '--text-2'),
      fontSize: 1.25 * rem,
      fontFamily: token(element, '--font'),
    }
    chart.current.setOption({
      animation: !still,
      animationDuration: 300,
      animationDurationUpdate: 300,
      grid: { left: 2.75 * rem, right: 0.75 * rem, top: 0.75 * rem, bottom: 2 * rem },
      xAxis: {
        type: 'category',
        data: hours.map((h) => h.hour),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: token(element, '--line') } },
        axisLabel: {
          ...text,
          interval: (i: number) => i % 6 === 0 || i === 23,
          formatter: (v: string) => `${v}`,
        },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 2,
        axisLabel: text,
        splitLine: { lineStyle: { color: token(element, '--line') } },
      },
      series: [
        {
          type: 'bar',
          data: hours.map((h) => shown(h, h.reported)),
          itemStyle: { color: token(element, '--data') },
          barCategoryGap: '28%',
        },
        {
          type: 'line',
          data: hours.map((h) => shown(h, h.closed)),
          symbol: 'none',
          lineStyle: { color: token(element, '--data-2'), width: 0.1875 * rem },
        },
      ],
    })
  }, [hours, until])

  return <div ref={container} className={styles.chart} aria-hidden="true" />
}
