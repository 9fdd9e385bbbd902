import { expect, test } from 'vitest'
import { publicTextFaults } from './public-text.ts'

test.each([
  '9 时前请各单位完成排水口巡查',
  '值班电话 0715-5812345，热线 12345',
  '今天 14:00 – 16:00 停水，编号 20261120000123456',
])('%s is fit to be shown', (text) => expect(publicTextFaults(text)).toEqual([]))

test.each([
  ['请联系13812345678', 'telephone'],
  ['请联系 138 1234 5678', 'telephone'],
  ['身份证42128119900101123X', 'identity'],
  ['第一行\n第二行', 'control'],
])('%s is not', (text, why) => {
  expect(publicTextFaults(text)).toEqual([why])
})
