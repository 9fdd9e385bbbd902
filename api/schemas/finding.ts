// What a check of uploaded tables finds, in both languages.
import Type from 'typebox'

export const FINDING = Type.Object({
  file: Type.String({ description: 'The file, or the workbook and its sheet' }),
  row: Type.Optional(
    Type.Integer({ description: 'Of tables as spreadsheets count; of GeoJSON the feature, from 0' }),
  ),
  about: Type.Optional(Type.String({ description: 'Code or name of the feature' })),
  field: Type.Optional(Type.String()),
  fieldZh: Type.Optional(Type.String({ description: 'Chinese header of the field' })),
  message: Type.String(),
  zh: Type.String(),
})
