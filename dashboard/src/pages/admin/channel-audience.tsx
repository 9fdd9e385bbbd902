// What a channel for people carries: groups of notices, whose, and in which language.
import { useState } from 'react'
import { POSTS } from '#domain/case.ts'
import { isPersonal } from '#domain/delivery/channel.ts'
import { NOTICE_GROUP_NAMES } from '#domain/delivery/outside-notice.ts'
import { useDepartments } from '../../api/city.ts'
import { useT } from '../../i18n/translate.ts'
import { Field } from '../../ui/field.tsx'
import type { PartProps } from './channel-dialog.tsx'
import { FindField } from './find-field.tsx'
import own from './notifications.module.css'
import { Ticks } from './ticks.tsx'

export function AudienceFields({ draft, set, fault }: PartProps) {
  const t = useT()
  const [find, setFind] = useState('')
  const units = useDepartments() ?? []
  const { audiences } = draft
  const wanted = find.trim().toLowerCase()
  const shown = units.filter(
    (u) =>
      audiences.includes(`unit:${u.code}`) ||
      (wanted === '' ? u.parent === undefined : u.name.toLowerCase().includes(wanted)),
  )
  const choose = (audiences: string[]) => set({ audiences })
  return (
    <>
      <Ticks
        legend={t('delivery.groups')}
        choices={NOTICE_GROUP_NAMES.map((g) => ({ value: g, name: t(`delivery.group.${g}`) }))}
        chosen={draft.groups}
        fault={fault('groups')}
        onChange={(groups) => set({ groups })}
      />
      <fieldset className={own.group}>
        <legend>{t(isPersonal(draft.kind) ? 'delivery.audiences.people' : 'delivery.audiences')}</legend>
        <FindField
          label={t('delivery.audiences.find')}
          fault={fault('audiences')}
          value={find}
          onChange={setFind}
        />
        <Ticks
          legend={t('delivery.audiences.units')}
          isLong
          choices={shown.map((u) => ({ value: `unit:${u.code}`, name: u.name }))}
          chosen={audiences}
          onChange={choose}
        />
        <Ticks
          legend={t('delivery.audiences.posts')}
          isLong
          choices={POSTS.filter((p) => p !== 'display').map((p) => ({
            value: `post:${p}`,
            name: t(`post.${p}`),
          }))}
          chosen={audiences}
          onChange={choose}
        />
      </fieldset>
      <Field label={t('delivery.language')} fault={fault('language')}>
        {(ids) => (
          <select
            {...ids}
            value={draft.language}
            onChange={(e) => set({ language: e.target.value as typeof draft.language })}
          >
            <option value="zh-CN" lang="zh-CN">
              中文
            </option>
            <option value="en" lang="en">
              English
            </option>
          </select>
        )}
      </Field>
    </>
  )
}
