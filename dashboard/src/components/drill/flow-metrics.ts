// The counts of the day that stand under the flow, in its order.
import type { Metric } from '#domain/board.ts'

export const FLOW_METRICS = [
  'reported',
  'accepted',
  'filed',
  'dispatched',
  'replied',
  'checked',
  'closed',
] as const satisfies Metric[]

export const isFlowMetric = (metric: Metric): metric is (typeof FLOW_METRICS)[number] =>
  (FLOW_METRICS as readonly Metric[]).includes(metric)
