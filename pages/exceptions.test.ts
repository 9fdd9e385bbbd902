// What does not go straight on the way to an end, played through the pages: turned down, merged, given back, put off, voided.
// What one does the others see without being touched; each log holds who did what.
import { expect, it } from 'vitest'
import { LITTER, openCast } from './testing/cast.ts'
import { decide, decideBecause, inHand, takeUp, waiting } from './testing/centre-steps.ts'
import { PATIENCE, PHONE } from './testing/open-pages.ts'
import { picture } from './testing/phone-steps.ts'
import { attach, inSection, openCase, step } from './testing/unit-steps.ts'

const WHOLE = { timeout: 300_000 }
const cast = openCast()
const { stage, pages } = cast

it('seven reports go to the unit by rule alone; it signs for all of them at once', WHOLE, () =>
  cast.litterSignedFor(['returned', 'kept', 'extended', 'suspended', 'first', 'void', 'spare']),
)

it('a report is turned down with its reason, which its reporter reads', WHOLE, async () => {
  const receiptNo = await cast.litter('rejected', cast.place('park', 1), pages.resident)
  await inHand(pages.operator).getByRole('link', { name: receiptNo }).waitFor(PATIENCE)
  const track = await stage.open(undefined, `/track/${receiptNo}`, PHONE)
  await track.getByText(LITTER).waitFor(PATIENCE)
  await decide(pages.operator, 'r', '2')
  await track.getByText('不够立案条件').waitFor(PATIENCE)
  await pages.resident.getByRole('link', { name: '我的上报' }).click()
  await pages.resident.getByText('没有受理 · 不够立案条件').waitFor(PATIENCE)
  await pages.resident.getByRole('link', { name: '上报', exact: true }).click()
  expect(await cast.log(cast.told('rejected').id)).toEqual(['reported anonymous', 'rejected operator'])
})

it('a second report of the same thing is merged into the first', WHOLE, async () => {
  const { at } = cast.told('first')
  const receiptNo = await cast.litter('merged', at, pages.resident)
  await inHand(pages.operator).getByRole('link', { name: receiptNo }).waitFor(PATIENCE)
  await decide(pages.operator, 'm', '1')
  await expect.poll(async () => (await cast.read(receiptNo)).status, PATIENCE).toBe('merged')
  const track = await stage.open(undefined, `/track/${receiptNo}`, PHONE)
  await track.getByRole('link').first().waitFor(PATIENCE)
  expect(await cast.log(cast.told('merged').id)).toEqual(['reported anonymous', 'merged operator'])
})

it('a return is granted and the case goes to the unit that was named', WHOLE, async () => {
  const { id, number } = cast.told('returned')
  const panel = await openCase(pages.unit, 'unit', id)
  await step(panel, '申请退单', async (form) => {
    await form.getByLabel('理由').fill('这里是背街，归街道管')
    await form.getByRole('combobox').first().selectOption('st-xicheng')
    await attach(form, await picture('evidence', 'before'))
  })
  await waiting(pages.duty, 'return', 1)
  await takeUp(pages.duty, number)
  const ruling = pages.duty.getByRole('region', { name: '退单裁决' })
  await ruling.getByText('这里是背街，归街道管').waitFor(PATIENCE)
  await ruling.getByRole('button', { name: /^同意，改派/ }).focus()
  await pages.duty.keyboard.press('Enter')
  await inSection(pages.street, 'acknowledge', 1)
  await inSection(pages.unit, 'unit', 6)
  expect((await cast.log(id)).slice(2)).toEqual([
    'return-requested department-officer',
    'return-granted duty-manager',
    'dispatched duty-manager',
  ])
})

it('a return is refused with the reason, and the clock never stopped', WHOLE, async () => {
  const { id, number } = cast.told('kept')
  const { dueAt } = await cast.read(id)
  const panel = await openCase(pages.unit, 'unit', id)
  await step(panel, '申请退单', (form) => form.getByLabel('理由').fill('不归我们'))
  await inSection(pages.unit, 'asked', 1)
  await waiting(pages.duty, 'return', 1)
  await takeUp(pages.duty, number)
  await decideBecause(pages.duty, 'r', '在建设路红线内，归环卫所')
  await inSection(pages.unit, 'asked', 0)
  await inSection(pages.unit, 'unit', 6)
  expect((await cast.read(id)).dueAt).toBe(dueAt)
  expect((await cast.log(id)).slice(2)).toEqual([
    'return-requested department-officer',
    'return-refused duty-manager',
  ])
})

it('an extension is granted: the due time shown before is the one that it gets', WHOLE, async () => {
  const { id, number } = cast.told('extended')
  const panel = await openCase(pages.unit, 'unit', id)
  let promised = ''
  await step(panel, '申请延期', async (form) => {
    await form.getByLabel('理由').fill('清运车在检修')
    const next = form.getByText('获准后到期').locator('time')
    promised = (await next.getAttribute('datetime', PATIENCE)) ?? ''
  })
  await waiting(pages.duty, 'extension', 1)
  await takeUp(pages.duty, number)
  await inHand(pages.duty).getByText('同意后').waitFor(PATIENCE)
  await decide(pages.duty, 'g')
  await inSection(pages.unit, 'asked', 0)
  expect((await cast.read(id)).dueAt).toBe(promised)
  expect((await cast.log(id)).slice(2)).toEqual([
    'extension-requested department-officer',
    'extension-granted duty-manager',
  ])
})

it('a case is suspended, and resumes by hand', WHOLE, async () => {
  const { id, number } = cast.told('suspended')
  await openCase(pages.unit, 'unit', id)
  await step(pages.unit.locator('article'), '申请挂账', async (form) => {
    await form
      .getByLabel('到')
      .fill(`${new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)}T18:00`)
    await form.getByLabel('理由').fill('等小区协商')
  })
  await waiting(pages.duty, 'suspension', 1)
  await takeUp(pages.duty, number)
  await decide(pages.duty, 's')
  await inSection(pages.unit, 'suspended', 1)
  await openCase(pages.unit, 'suspended', id)
  await step(pages.unit.locator('article'), '恢复处置', async () => {})
  await inSection(pages.unit, 'suspended', 0)
  expect((await cast.log(id)).slice(2)).toEqual([
    'suspension-requested department-officer',
    'suspended duty-manager',
    'resumed department-officer',
  ])
})

it('what should never have been a case is voided', WHOLE, async () => {
  const { id, number } = cast.told('void')
  await takeUp(pages.duty, number)
  await decide(pages.duty, 'w', '3')
  await inSection(pages.unit, 'unit', 5)
  expect((await cast.log(id)).slice(2)).toEqual(['voided duty-manager'])
})

it('the audit agrees with every row', WHOLE, () => cast.auditAgrees())
