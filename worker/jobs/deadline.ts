// deadline: the alarm clock of one timer. It believes nothing but the timer's row and the case as they are when it rings.
import { rateOf } from '#domain/clock.ts'
import { timerById } from '#store/timers.ts'
import type { Handler } from '../handlers.ts'
import { beginDays } from '../timers/days.ts'
import { fireTimer } from '../timers/fire.ts'

export const deadlineJob: Handler<'deadline'> = {
  name: 'deadline',
  async run(alarm, context) {
    // Machines' clocks differ, and a demo's changes its pace: an alarm that rings early rings again.
    const { clock } = context.runtime
    const early = alarm.fireAt - clock.now()
    if (early > 0) return { againInMs: Math.ceil(early / rateOf(clock)) }
    if ('day' in alarm) {
      await beginDays(context, alarm.fireAt)
      return undefined
    }
    const timer = await timerById(context.store, alarm.timerId)
    if (timer) await fireTimer(context, timer)
    return undefined
  },
}
