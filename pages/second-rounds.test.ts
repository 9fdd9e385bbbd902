// What comes back after a reply or could not wait, played through the pages: a failed check, a reopened case, a false reply and
// an appeal, an urgent call, a case that runs over its time. At the end the audit finds no difference.
import { expect, it } from 'vitest'
import { DESK, openCast } from './testing/cast.ts'
import { decide, inHand, takeUp, waiting } from './testing/centre-steps.ts'
import { PATIENCE } from './testing/open-pages.ts'
import { picture, report } from './testing/phone-steps.ts'
import { inSection, openCase, step } from './testing/unit-steps.ts'

const WHOLE = { timeout: 300_000 }
const cast = openCast()
const { stage, pages } = cast

it('two reports go to the unit by rule alone', WHOLE, () => cast.litterSignedFor(['failed', 'false']))

it('a failed check goes back, is put right, closed, and opened again for who is not satisfied', {
  timeout: 400_000,
}, async () => {
  const { id, number } = cast.told('failed')
  await cast.repliedAndSeen('failed', 'unit', '未处置')
  await waiting(pages.duty, 'rework', 1)
  await takeUp(pages.duty, number)
  await decide(pages.duty, 'Enter', 'Enter')
  await inSection(pages.unit, 'rework', 1)
  await cast.repliedAndSeen('failed', 'rework', '已处置')
  await cast.closed('failed')

  await pages.grid.getByRole('link', { name: '我的上报' }).click()
  await pages.grid.locator(`a[href="/track/${(await cast.read(id)).receiptNo}"]`).click(PATIENCE)
  await pages.grid.getByRole('button', { name: '不满意', exact: true }).click(PATIENCE)
  await pages.grid.getByText('谢谢，评价已记下。').waitFor(PATIENCE)
  await takeUp(pages.duty, number)
  await decide(pages.duty, 'i', '1')
  await inSection(pages.unit, 'rework', 1)
  await cast.repliedAndSeen('failed', 'rework', '已处置')
  await cast.closed('failed')
  expect((await cast.log(id)).slice(2)).toEqual([
    'replied department-officer',
    'failed supervisor',
    'reworked duty-manager',
    'replied department-officer',
    'passed supervisor',
    'closed duty-manager',
    'rated grid-member',
    'reopened duty-manager',
    'replied department-officer',
    'passed supervisor',
    'closed duty-manager',
  ])
})

it('a false reply is marked at closing; the unit’s appeal is granted', { timeout: 400_000 }, async () => {
  const { id } = cast.told('false')
  // The picture of before, given for one of after.
  await cast.repliedAndSeen('false', 'unit', '已处置', await picture('false', 'before'))
  await waiting(pages.duty, 'close', 1)
  await pages.duty.keyboard.press('y')
  await pages.duty.locator(`[data-card="${id}"]`).getByText('疑似虚假回复').waitFor(PATIENCE)
  await pages.duty.getByRole('region', { name: '决策', exact: true }).waitFor(PATIENCE)
  await decide(pages.duty, 'x', '4')
  await inSection(pages.unit, 'rework', 1)
  await openCase(pages.unit, 'rework', id)
  await pages.unit.getByText('上次回告被认定为虚假回复').waitFor(PATIENCE)
  await pages.duty.keyboard.press('q')
  await cast.repliedAndSeen('false', 'rework', '已处置')
  await cast.closed('false')

  const appeal = await stage.open('dept-sanitation', '/appeals?list=rework', DESK)
  await appeal.locator(`[data-case="${id}"] a`).click(PATIENCE)
  await appeal.getByLabel('申诉事项').selectOption('rework')
  await appeal.getByLabel('理由', { exact: true }).fill('返工因他人倾倒')
  await appeal.getByRole('button', { name: '提出申诉' }).click()
  await appeal.getByText('申诉已提出').waitFor(PATIENCE)
  const evaluator = await stage.open('evaluator', '/appeals', DESK)
  await evaluator.locator(`[data-case="${id}"] a`).click(PATIENCE)
  await evaluator.getByText('返工因他人倾倒').first().waitFor(PATIENCE)
  await evaluator.getByRole('button', { name: '成立', exact: true }).click()
  await evaluator.getByLabel('裁定理由').fill('情况属实')
  await evaluator.getByRole('button', { name: '裁定：成立' }).click()
  await evaluator.getByRole('dialog').getByRole('button', { name: '裁定：成立' }).click()
  await evaluator.getByText('已裁定成立', { exact: false }).waitFor(PATIENCE)
  expect((await cast.log(id)).slice(2)).toEqual([
    'replied department-officer',
    'passed supervisor',
    'reworked duty-manager',
    'replied department-officer',
    'passed supervisor',
    'closed duty-manager',
    'appealed department-officer',
    'appeal-ruled evaluator',
  ])
})

it('an urgent call goes out first, its papers and its calls after', WHOLE, async () => {
  const gas = await stage.open('dept-gas', '/department')
  await pages.operator.keyboard.press('n')
  await pages.operator.getByLabel('情况').fill('住户闻到很重的煤气味')
  await pages.operator.getByRole('button', { name: '燃气管道破裂' }).click(PATIENCE)
  await pages.operator.getByLabel('地点', { exact: true }).fill('人民广场')
  await pages.operator.keyboard.press('Enter')
  await pages.operator.getByLabel('上报人姓名').fill('李女士')
  await pages.operator.getByLabel('电话', { exact: true }).fill('0000-5550199')
  await pages.operator.getByRole('button', { name: '上报', exact: true }).click()
  const receipt = pages.operator.locator('strong', { hasText: /^R\d+$/ })
  await receipt.waitFor(PATIENCE)
  const { id } = await cast.read((await receipt.textContent()) ?? '')
  // Seen at once by everybody who may act on it.
  await waiting(pages.duty, 'urgent', 1)
  await pages.operator.getByRole('button', { name: '查看这件' }).click()
  await inHand(pages.operator).getByText('住户闻到很重的煤气味').waitFor(PATIENCE)
  await pages.operator.getByRole('region', { name: '决策', exact: true }).waitFor(PATIENCE)
  await pages.operator.keyboard.press('d')
  await inSection(gas, 'acknowledge', 1)
  await pages.wall.locator('[data-figure="urgent"]', { hasText: /^1$/ }).waitFor(PATIENCE)
  const { caseNo } = await cast.read(id)
  await takeUp(pages.operator, String(caseNo))
  const calls = pages.operator.getByRole('region', { name: '电话与通话记录' })
  await calls.getByLabel('通话内容（可不填）').fill('抢修车已出发')
  await calls.getByRole('button', { name: '已接通' }).click()
  await calls.getByRole('listitem').filter({ hasText: '抢修车已出发' }).waitFor(PATIENCE)
  await pages.operator.keyboard.press('Escape')
  await takeUp(pages.operator, String(caseNo))
  await decide(pages.operator, 'p')
  await expect
    .poll(() => cast.log(id), PATIENCE)
    .toEqual([
      'reported operator',
      'accepted operator',
      'filed operator',
      'dispatched operator',
      'commented operator',
      'papers-completed operator',
    ])
})

it('what runs over its time turns red everywhere; the leader’s oversight is answered', {
  timeout: 400_000,
}, async () => {
  await pages.grid.getByRole('link', { name: '上报', exact: true }).click()
  const receiptNo = await report(pages.grid, {
    at: cast.place('back-lane', 2),
    category: '店外经营',
    words: '货架摆到人行道上',
    picture: await picture('overdue', 'before'),
  })
  const { id } = await cast.read(receiptNo)
  await expect.poll(async () => (await cast.read(id)).status, PATIENCE).toBe('dispatched')
  const officer = await stage.open(`dept-${(await cast.read(id)).department}`, '/department')
  await officer.locator(`[data-case="${id}"] a`).click(PATIENCE)
  await officer.locator('article').getByRole('button', { name: '签收', exact: true }).click(PATIENCE)
  await expect.poll(async () => (await cast.read(id)).status, PATIENCE).toBe('handling')
  const leader = await stage.open('leader', `/cases/${id}`)
  const before = Number(await pages.wall.locator('[data-figure="overdue"]').textContent())

  const admin = await stage.open('admin', '/admin/demo')
  await admin.getByRole('button', { name: /^×240/ }).click(PATIENCE)
  await admin.getByRole('button', { name: '加快' }).click(PATIENCE)
  await officer.locator('[data-section] [aria-label="超期"]').first().waitFor({ timeout: 90_000 })
  await admin.getByRole('button', { name: /^×1 ?真实速度/ }).click()
  await expect
    .poll(async () => Number(await pages.wall.locator('[data-figure="overdue"]').textContent()), PATIENCE)
    .toBeGreaterThan(before)

  await step(leader.locator('main'), '督办', (form) => form.getByLabel('说明').fill('今日办结并回复'))
  await inSection(officer, 'oversight', 1)
  await openCase(officer, 'oversight', id)
  await officer.getByText('今日办结并回复').waitFor(PATIENCE)
  await step(officer.locator('article'), '督办回复', (form) => form.getByLabel('结果').fill('已责令整改'))
  await inSection(officer, 'oversight', 0)
  // An answer does not show on the board, so the page hears of it when it is read again.
  await leader.reload()
  await leader.getByText('已责令整改').waitFor(PATIENCE)
  expect(await cast.log(id)).toEqual([
    'reported grid-member',
    'acknowledged department-officer',
    'overseen leader',
    'oversight-answered department-officer',
  ])
})

it('the audit agrees with every row', WHOLE, () => cast.auditAgrees())
