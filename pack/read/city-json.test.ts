import { describe } from 'vitest'
import { plant, setCity, makePackFolder } from '../testing.ts'

makePackFolder()

describe('faults of city.json', () => {
  plant(
    'city.json',
    ['the file is missing', () => undefined, ['', '']],
    ['it is no JSON', (t) => t.slice(0, -5), ['', '']],
    ['no name', setCity('name', undefined), ['', 'name']],
    ['an empty name', setCity('centreName', ''), ['', 'centreName']],
    ['a name that is a number', setCity('code', 990191), ['', 'code']],
    ['a setting that does not exist', setCity('colour', 'red'), ['', 'colour']],
    ['an unknown time zone', setCity('timeZone', 'Asia/Yunze'), ['', 'timeZone']],
    ['an unknown coordinate system', setCity('crs', 'beijing54'), ['', 'crs']],
    ['no levels', setCity('levels', []), ['', 'levels']],
    ['a level listed twice', setCity('levels.4', { key: 'street', name: '街' }), ['', 'levels[4].key']],
    ['an unknown post', setCity('policies.close', [{ decide: 'mayor' }]), ['', 'policies.close[0].decide']],
    [
      'an unknown source',
      setCity('policies.accept.0.when.source', ['grid', 'rumour']),
      ['', 'policies.accept[0].when.source[1]'],
    ],
    [
      'an unknown risk',
      setCity('policies.file.0.when.risk', ['tiny']),
      ['', 'policies.file[0].when.risk[0]'],
    ],
    [
      'an unknown category',
      setCity('policies.file.0.when', { category: ['E0110', 'X01'] }),
      ['', 'policies.file[0].when.category'],
    ],
    ['an unknown kind', setCity('policies.file.0.when', { kind: ['Z'] }), ['', 'policies.file[0].when.kind']],
    ['a step without rules', setCity('policies.dispatch', []), ['', 'policies.dispatch']],
    [
      'a stage limit in words',
      setCity('policies.stageLimits.check', '半天'),
      ['', 'policies.stageLimits.check'],
    ],
    [
      'a stage that is none',
      setCity('policies.stageLimits.sleep', '1工作日'),
      ['', 'policies.stageLimits.sleep'],
    ],
    ['a rework limit in words', setCity('policies.reworkLimit', '尽快'), ['', 'policies.reworkLimit']],
    [
      'a window in words',
      setCity('policies.exceptions', { return: { within: '尽快' } }),
      ['', 'policies.exceptions.return.within'],
    ],
    [
      'an extension in words',
      setCity('policies.exceptions', { extension: { amount: '一周' } }),
      ['', 'policies.exceptions.extension.amount'],
    ],
    [
      'a rung without a measure',
      setCity('policies.escalation', [{ id: 'a', name: '提醒', stage: 'handle', do: 'remind' }]),
      ['', 'policies.escalation[0]'],
    ],
    [
      'a rung after words',
      setCity('policies.escalation', [
        { id: 'a', name: '电话', stage: 'acknowledge', after: '尽快', do: 'call' },
      ]),
      ['', 'policies.escalation[0].after'],
    ],
    [
      'a rung of a stage that is none',
      setCity('policies.escalation', [{ id: 'a', name: '提醒', stage: 'sleep', share: 1, do: 'remind' }]),
      ['', 'policies.escalation[0].stage'],
    ],
    [
      'a rung of an unknown category',
      setCity('policies.escalation', [
        { id: 'a', name: '提醒', stage: 'handle', share: 1, do: 'remind', when: { category: ['X01'] } },
      ]),
      ['', 'policies.escalation[0].when.category'],
    ],
    [
      'a limit of oversight in words',
      setCity('policies.exceptions', { oversight: { limit: '马上' } }),
      ['', 'policies.exceptions.oversight.limit'],
    ],
    ['a word without a unit', setCity('policies.limitWords.天', '工作周'), ['', 'policies.limitWords.天']],
    [
      'an unknown fall-back',
      setCity('policies.fallBackDepartment', 'x'),
      ['', 'policies.fallBackDepartment'],
    ],
    ['a yellow light after the limit', setCity('policies.warnShare', 1.2), ['', 'policies.warnShare']],
    ['half an extension', setCity('policies.maxExtensions', 0.5), ['', 'policies.maxExtensions']],
  )
})
