// city.json: names, time zone, coordinate system, levels, policies. Reports every place where its shape is wrong.
import { Errors } from 'typebox/value'
import type { TLocalizedValidationError } from 'typebox/error'
import { cityJsonSchema } from '#domain/city/schema.ts'
import type { CityJson } from '#domain/city/schema.ts'
import { isTimeZone } from '#domain/zone.ts'
import { CRS_CHOICES, crsNamed, WGS84 } from './crs.ts'
import type { Crs } from './crs.ts'
import type { Findings } from './findings.ts'
import type { PackSource } from './source.ts'

export const CITY_JSON = 'city.json'

/** Undefined when the shape is wrong. */
export async function readCityJson(source: PackSource, findings: Findings): Promise<CityJson | undefined> {
  const text = await source.text(CITY_JSON)
  if (text === undefined) return undefined
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const why = (error as SyntaxError).message
    findings.fault({ file: CITY_JSON }, `not JSON: ${why}`, `不是规范的JSON：${why}`)
    return undefined
  }
  const errors = Errors(cityJsonSchema, json)
  for (const error of errors) reportShape(error, findings)
  if (errors.length > 0) return undefined
  const city = json as CityJson
  if (!isTimeZone(city.timeZone))
    findings.fault(
      { file: CITY_JSON, field: 'timeZone' },
      `"${city.timeZone}" is no IANA time zone, e.g. Asia/Shanghai`,
      `“${city.timeZone}”不是IANA时区，例如Asia/Shanghai`,
    )
  if (city.crs !== undefined && !crsNamed(city.crs))
    findings.fault(
      { file: CITY_JSON, field: 'crs' },
      `"${city.crs}" is none of ${CRS_CHOICES}`,
      `“${city.crs}”须为以下之一：${CRS_CHOICES}`,
    )
  city.levels.forEach((level, i) => {
    if (city.levels.findIndex((l) => l.key === level.key) < i)
      findings.fault(
        { file: CITY_JSON, field: `levels[${i}].key` },
        `level "${level.key}" is listed twice`,
        `层级“${level.key}”重复`,
      )
  })
  return city
}

/** The coordinate system of the pack's files where they say nothing else. */
export const crsOfCity = (city: Pick<CityJson, 'crs'> | undefined): Crs =>
  (city?.crs === undefined ? undefined : crsNamed(city.crs)) ?? WGS84

const fieldOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`),
      '',
    )

function reportShape(error: TLocalizedValidationError, findings: Findings): void {
  const field = fieldOf(error.instancePath)
  const inside = (name: string) => ({ file: CITY_JSON, field: field === '' ? name : `${field}.${name}` })
  if (error.keyword === 'required')
    for (const name of error.params.requiredProperties)
      findings.fault(inside(name), 'is missing', `缺少“${name}”`)
  else if (error.keyword === 'additionalProperties')
    for (const name of error.params.additionalProperties)
      findings.fault(inside(name), 'is not a setting of city.json', `“${name}”不是city.json的设置项`)
  // What an unknown setting is told a second time.
  else if (error.keyword !== 'boolean')
    findings.fault({ file: CITY_JSON, field: field === '' ? undefined : field }, ...wordsOf(error))
}

function wordsOf(error: TLocalizedValidationError): [message: string, zh: string] {
  switch (error.keyword) {
    case 'enum': {
      const values = error.params.allowedValues.join(', ')
      return [`must be one of: ${values}`, `须为以下之一：${values}`]
    }
    case 'type':
      return [`must be of type ${error.params.type}`, `类型须为${error.params.type}`]
    case 'minLength':
      return ['must not be empty', '不能为空']
    case 'minItems':
      return ['needs at least one entry', '至少需要一项']
    default:
      return [error.message, `取值不符合要求（${error.message}）`]
  }
}
