// A case as the API answers it (domain/case-view.ts makes it), and a report as it comes in.
import Type, { type Static } from 'typebox'
import { LIGHTS } from '#domain/board.ts'
import { DISPATCH_MODES, OUTCOMES, SOURCES, STATUSES } from '#domain/case.ts'
import { APPEAL_SUBJECTS, DEVICE_TIMES, LOCATION } from '#domain/command.ts'
import { Moment } from '#domain/moment.ts'
import { Id, Instant, Named } from './common.ts'

const time = Type.Optional(Instant())
const photos = Type.Array(Id())

export const ROUTING_STEP = Type.Object({
  rule: Type.String(),
  matched: Type.Boolean(),
  ref: Type.Optional(Type.String()),
  department: Type.Optional(Type.String()),
  fallBack: Type.Optional(
    Type.String({ description: 'Who gets it should that unit show that it isn’t theirs' }),
  ),
  because: Type.String(),
  zh: Type.String(),
})

const TaskOfCase = Type.Object({
  id: Id(),
  kind: Type.String(),
  status: Type.String(),
  assignee: Id(),
  dueAt: Instant(),
  result: Type.Optional(Type.Boolean()),
})

/** A code to count by, the sentence in two languages, the numbers behind it. */
const FINDING = Type.Object({
  code: Type.String(),
  zh: Type.String(),
  en: Type.String(),
  facts: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
})

export const CASE = Type.Object(
  {
    id: Id(),
    receiptNo: Type.String({ description: '受理编号' }),
    caseNo: Type.Optional(Type.String({ description: '案卷编号, from filing on' })),
    status: Type.Enum([...STATUSES]),
    version: Type.Integer({ description: 'Rises when the legal actions or a deadline change' }),
    no: Type.Integer({ description: 'Number of its last event' }),
    dispatchMode: Type.Enum([...DISPATCH_MODES]),
    source: Type.Enum([...SOURCES]),
    sourceDetail: Type.Optional(Type.String()),
    category: Type.Optional(Named),
    condition: Type.Optional(Type.String({ description: 'Id of the filing condition 立案条件' })),
    conditionText: Type.Optional(Type.String()),
    closeCondition: Type.Optional(Type.String()),
    description: Type.String(),
    erased: Type.Optional(Type.Boolean({ description: 'Its words were erased by rule' })),
    location: Type.Object({
      lng: Type.Number(),
      lat: Type.Number(),
      accuracyM: Type.Optional(Type.Number()),
    }),
    area: Type.Optional(
      Type.Object({ code: Type.String(), name: Type.String(), path: Type.Array(Type.String()) }),
    ),
    zone: Type.Optional(Type.String({ description: 'Code of the responsibility zone 责任区' })),
    zoneName: Type.Optional(Type.String()),
    zoneKind: Type.Optional(Type.String()),
    address: Type.Optional(Type.String()),
    reporter: Type.Optional(
      Type.Object(
        { name: Type.Optional(Type.String()), phone: Type.Optional(Type.String()) },
        { description: 'In full at the centre, masked in a unit, absent elsewhere' },
      ),
    ),
    photos,
    afterPhotos: photos,
    checkPhotos: photos,
    urgent: Type.Boolean(),
    component: Type.Optional(
      Type.String({ description: 'Code of the component 部件: named in the report, or found by screening' }),
    ),
    screening: Type.Optional(
      Type.Object({
        verdict: Type.String(),
        reasons: Type.Array(Type.String()),
        component: Type.Optional(Type.Object({ code: Type.String(), distanceM: Type.Number() })),
        components: Type.Optional(
          Type.Array(
            Type.Object({
              code: Type.String(),
              owner: Type.Optional(Type.String()),
              distanceM: Type.Number(),
            }),
          ),
        ),
        border: Type.Optional(
          Type.Array(Type.Object({ department: Type.String(), ref: Type.String(), share: Type.Number() })),
        ),
        duplicates: Type.Optional(
          Type.Array(
            Type.Object({
              caseId: Id(),
              verdict: Type.Enum(['certain', 'possible']),
              reasons: Type.Array(Type.String()),
              metres: Type.Number(),
              hours: Type.Number(),
            }),
          ),
        ),
        findings: Type.Optional(
          Type.Array(FINDING, { description: 'What was found about accuracy, photos and times' }),
        ),
      }),
    ),
    replyFindings: Type.Optional(
      Type.Array(FINDING, { description: 'What the photos of the reply lack, or say of their place' }),
    ),
    device: Type.Optional(
      Type.Object(
        {
          verdict: Type.Enum(['trusted', 'corrected', 'unchecked', 'doubtful']),
          capturedAt: Instant(),
          claimedAt: Instant(),
          counts: Type.Enum(['capture', 'receipt']),
        },
        { description: 'When the reporter’s device had it: as it said, and as far as that can be believed' },
      ),
    ),
    routing: Type.Optional(Type.Array(ROUTING_STEP, { description: 'Why this unit' })),
    department: Type.Optional(Type.String({ description: 'Code of the lead unit' })),
    departmentName: Type.Optional(Type.String()),
    coDepartments: Type.Array(Type.String()),
    unit: Type.Optional(Type.String({ description: 'Second-level unit 二级单位' })),
    unitName: Type.Optional(Type.String()),
    handler: Type.Optional(Id()),
    unitDueAt: Type.Optional(Instant('二级时限: the lead’s own limit for that unit or person')),
    round: Type.Integer(),
    reportedAt: Instant(),
    occurredAt: time,
    acceptedAt: time,
    filedAt: time,
    dispatchedAt: time,
    acknowledgedAt: time,
    repliedAt: time,
    checkedAt: time,
    closedAt: time,
    outcome: Type.Optional(Type.Enum([...OUTCOMES])),
    rejection: Type.Optional(Type.Object({ stage: Type.String(), reason: Type.String() })),
    limit: Type.Optional(Type.String()),
    warnAt: time,
    dueAt: time,
    leadingDueAt: Type.Optional(
      Instant('主时限: the earlier of `dueAt` and `externalDueAt`, of those that run'),
    ),
    light: Type.Enum([...LIGHTS], { description: 'Of the unit’s own clock; freezes with the reply' }),
    leadingLight: Type.Enum([...LIGHTS], {
      description:
        '主灯: by `leadingDueAt`; as `light` where no outside due time runs. Never held against the unit',
    }),
    overdue: Type.Boolean({ description: '超期: with the unit now, its clock running past `dueAt`' }),
    late: Type.Boolean({ description: '超期处置: a reply came after its due time, in any round' }),
    overseen: Type.Boolean(),
    oversights: Type.Optional(
      Type.Array(Type.Object({ by: Type.String(), at: Instant(), dueAt: time, answeredAt: time }), {
        description: '督办: issuer’s post, limit and answer of each',
      }),
    ),
    escalations: Type.Optional(
      Type.Array(
        Type.Object({
          rung: Type.String(),
          name: Type.String(),
          of: Type.String({ description: 'What it was about, e.g. `handle:1`' }),
          round: Type.Integer(),
          turn: Type.Integer({ description: 'Go: how many times a handling clock had started' }),
          at: Instant(),
        }),
        { description: '升级: rungs of the city’s ladder that were climbed, oldest first' },
      ),
    ),
    papersOwed: Type.Optional(Type.Boolean({ description: '先派后补: dispatched before its papers' })),
    falseReplies: Type.Optional(
      Type.Array(Type.Integer(), { description: '虚假回复: rounds whose reply was found false' }),
    ),
    coAnswers: Type.Optional(
      Type.Array(
        Type.Object({
          department: Type.String(),
          departmentName: Type.Optional(Type.String()),
          signedAt: time,
          arrivedAt: time,
          answeredAt: time,
        }),
        { description: '协办: what each co-unit has done' },
      ),
    ),
    followUp: Type.Optional(
      Type.String({ description: 'Filing condition of the lasting repair that follows' }),
    ),
    extensions: Type.Integer(),
    returns: Type.Integer(),
    lastReturn: Type.Optional(
      Type.Object({
        from: Type.Optional(Type.String()),
        suggested: Type.Optional(Type.String()),
        at: Instant(),
      }),
    ),
    suspendedUntil: time,
    request: Type.Optional(
      Type.Object({
        kind: Type.Enum(['return', 'extension', 'suspension']),
        reason: Type.String(),
        suggested: Type.Optional(Type.String()),
        at: Instant(),
        until: time,
        photos: Type.Optional(Type.Array(Id())),
        chain: Type.Optional(Type.Array(Type.String(), { description: 'Posts that must agree, in order' })),
        approved: Type.Optional(Type.Integer()),
      }),
    ),
    duplicateOf: Type.Optional(Id()),
    waitsFor: Type.Optional(
      Type.Object({
        who: Type.String(),
        action: Type.String(),
        reason: Type.String(),
        since: Instant(),
      }),
    ),
    tasks: Type.Array(TaskOfCase),
    satisfaction: Type.Optional(Type.String()),
    appeals: Type.Optional(
      Type.Array(
        Type.Object({
          about: Type.Enum([...APPEAL_SUBJECTS]),
          at: Instant(),
          granted: Type.Optional(Type.Boolean({ description: 'Absent until somebody has ruled on it' })),
        }),
        { description: '申诉 of the unit, oldest first' },
      ),
    ),
    receiptToken: Type.Optional(
      Type.String({
        description:
          'Only in the answer to a report without a login: proof that it is theirs, for POST /track/{receiptNo}/rating',
      }),
    ),
    selfHandled: Type.Boolean(),
    externalSystem: Type.Optional(Type.String()),
    externalId: Type.Optional(Type.String()),
    externalDueAt: Type.Optional(Instant('Set by another system')),
    desk: Type.Optional(
      Type.Object(
        {
          offers: Type.Array(Type.String(), { description: 'Actions that you may take now' }),
          workLeftMs: Type.Optional(
            Type.Number({
              description:
                'Working time until `dueAt` on the unit’s calendar, negative past it; absent where the limit runs day and night',
            }),
          ),
          decides: Type.Optional(
            Type.Array(Type.String(), { description: 'Posts that may decide the pending request' }),
          ),
          handlerName: Type.Optional(Type.String()),
        },
        { description: 'For desks: with `desk=1` only' },
      ),
    ),
  },
  { $id: 'Case' },
)

export type CaseBody = Static<typeof CASE>

const code = Type.String({ minLength: 1, maxLength: 64 })
const photoIds = (minItems: number) => Type.Array(Type.String({ format: 'uuid' }), { minItems, maxItems: 20 })

export const REPORT = Type.Object(
  {
    description: Type.String({ maxLength: 4000, pattern: '\\S' }),
    location: LOCATION,
    categoryCode: Type.Optional(code),
    address: Type.Optional(Type.String({ maxLength: 500 })),
    source: Type.Enum([...SOURCES]),
    sourceDetail: Type.Optional(Type.String({ maxLength: 200 })),
    dispatchMode: Type.Optional(Type.Enum([...DISPATCH_MODES])),
    reporter: Type.Optional(
      Type.Object({
        name: Type.Optional(Type.String({ maxLength: 100 })),
        phone: Type.Optional(Type.String({ maxLength: 40 })),
      }),
    ),
    photos: Type.Optional(photoIds(0)),
    occurredAt: Type.Optional(Moment()),
    ...DEVICE_TIMES,
    component: Type.Optional(code),
    sameAs: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Receipt number of an open case that the reporter takes for the same matter',
      }),
    ),
    externalSystem: Type.Optional(code),
    externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
    externalDueAt: Type.Optional(Moment()),
    selfHandle: Type.Optional(
      Type.Object(
        { result: Type.String({ maxLength: 2000, pattern: '\\S' }), photos: photoIds(2) },
        { description: '自行处置: a grid member fixed it on the spot' },
      ),
    ),
  },
  {
    examples: [
      {
        description: '路边有暴露垃圾',
        location: { lng: 116.4, lat: 39.9 },
        source: 'citizen',
      },
    ],
  },
)
export type ReportBody = Static<typeof REPORT>

export const EVENT = Type.Object(
  {
    no: Type.Integer(),
    type: Type.String(),
    at: Instant(),
    actor: Type.Object({
      kind: Type.Enum(['user', 'rule', 'anonymous']),
      id: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      post: Type.Optional(Type.String()),
      department: Type.Optional(Type.String()),
    }),
    payload: Type.Record(Type.String(), Type.Unknown()),
    words: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    erased: Type.Optional(Type.Boolean({ description: 'Its words were erased by rule' })),
  },
  { $id: 'CaseEvent' },
)
export type EventView = Static<typeof EVENT>
