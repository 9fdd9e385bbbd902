// A screen, what it shows, and what is shown on it: bodies and answers of routes/screens.ts and routes/wall.ts.
import Type from 'typebox'
import { ANNOUNCEMENT_LEVELS, CAMERA_SPLITS, WALL_SCENES, WARNING_LEVELS } from '#domain/wall-screen.ts'
import { Id, Instant } from './common.ts'

export const SceneParams = Type.Record(
  Type.String({ pattern: '^[a-z]{1,20}$' }),
  Type.String({ minLength: 1, maxLength: 100 }),
  { maxProperties: 4, description: 'What a scene is told: `area` or `department` with a code' },
)

const PLAN_STEP = Type.Object({
  scene: Type.Enum([...WALL_SCENES]),
  params: Type.Optional(SceneParams),
  seconds: Type.Integer({ minimum: 10, maximum: 86_400 }),
})
export const PLAN = Type.Array(PLAN_STEP, { maxItems: 20, description: 'Rotation; empty = the normal scene' })

const Name = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })
const WidthPx = Type.Integer({
  minimum: 320,
  maximum: 32_768,
  description: 'CSS pixels across the whole canvas; absent = as the browser says',
})
const Millimetres = Type.Integer({ minimum: 100, maximum: 100_000 })
const Distance = Type.Number({ minimum: 0.3, maximum: 100, description: 'Metres' })
const Panels = Type.Integer({ minimum: 1, maximum: 12 })
const TILES = Type.Object({ columns: Panels, rows: Panels })
const Language = Type.Enum(['zh-CN', 'en'])
const Scope = Type.String({ maxLength: 100, description: '`city`, `area:CODE`, `department:CODE`' })

export const RECORD = {
  id: Id(),
  name: Name,
  widthPx: Type.Optional(WidthPx),
  widthMm: Millimetres,
  heightMm: Type.Optional(Millimetres),
  viewingDistanceM: Distance,
  tiles: TILES,
  language: Type.Optional(Language),
  sound: Type.Boolean(),
  scope: Type.Optional(Scope),
}
const Person = Type.Object({ id: Id(), name: Type.String() })

export const SCREEN = Type.Object(
  {
    ...RECORD,
    plan: PLAN,
    createdBy: Person,
    createdAt: Instant(),
    tokenAt: Type.String({ description: 'Since when its present token holds' }),
    lastSeenAt: Type.Optional(Instant()),
    online: Type.Boolean({ description: 'Seen within the last two minutes' }),
    revokedAt: Type.Optional(Instant()),
  },
  { $id: 'Screen' },
)

export const NEW_SCREEN = Type.Object({
  name: Name,
  widthPx: Type.Optional(WidthPx),
  widthMm: Millimetres,
  heightMm: Type.Optional(Millimetres),
  viewingDistanceM: Distance,
  tiles: Type.Optional(TILES),
  language: Type.Optional(Language),
  sound: Type.Optional(Type.Boolean()),
  scope: Type.Optional(Scope),
  plan: Type.Optional(PLAN),
})

/** Null clears what may be absent. */
export const SCREEN_CHANGE = Type.Object(
  {
    name: Type.Optional(Name),
    widthPx: Type.Optional(Type.Union([WidthPx, Type.Null()])),
    widthMm: Type.Optional(Millimetres),
    heightMm: Type.Optional(Type.Union([Millimetres, Type.Null()])),
    viewingDistanceM: Type.Optional(Distance),
    tiles: Type.Optional(TILES),
    language: Type.Optional(Type.Union([Language, Type.Null()])),
    sound: Type.Optional(Type.Boolean()),
    scope: Type.Optional(Type.Union([Scope, Type.Null()])),
    plan: Type.Optional(PLAN),
  },
  { minProperties: 1 },
)

export const SHOW_KINDS = ['case', 'camera', 'scene', 'announcement'] as const
/** Flat, so that a fault names its field; what belongs to which kind is checked by routes/wall.ts. */
export const SHOW = Type.Object(
  {
    kind: Type.Enum([...SHOW_KINDS]),
    caseId: Type.Optional(Type.String({ maxLength: 64, description: 'Of `case`: id, receiptNo or caseNo' })),
    codes: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        minItems: 1,
        maxItems: 36,
        description: 'Of `camera`: cameras, in turn when there are more than the split shows',
      }),
    ),
    split: Type.Optional(Type.Union(CAMERA_SPLITS.map((n) => Type.Literal(n)))),
    scene: Type.Optional(Type.Enum([...WALL_SCENES])),
    params: Type.Optional(SceneParams),
    text: Type.Optional(
      Type.String({ minLength: 1, maxLength: 120, pattern: '\\S', description: 'Of `announcement`' }),
    ),
    level: Type.Optional(Type.Enum([...ANNOUNCEMENT_LEVELS])),
  },
  { examples: [{ kind: 'announcement', text: '防汛演练' }] },
)

export const SHOWN = Type.Object({
  id: Id(),
  screens: Type.Union([Type.Literal('all'), Type.Array(Id())]),
  show: SHOW,
  receiptNo: Type.Optional(Type.String({ description: 'Of the case that is shown' })),
  since: Instant(),
  until: Instant(),
  by: Person,
})

const WARNING_TEXT = Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' })
export const WARNING_BODY = Type.Object({
  level: Type.Enum([...WARNING_LEVELS]),
  text: WARNING_TEXT,
  minutes: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_080, description: 'Absent = until it is lifted' }),
  ),
})
export const WARNING = Type.Object({
  level: Type.Enum([...WARNING_LEVELS]),
  text: Type.String(),
  until: Type.Optional(Instant()),
  since: Instant(),
  by: Person,
})
