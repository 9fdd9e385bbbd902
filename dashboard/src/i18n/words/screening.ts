// Words of what screening 预审 offers: possible duplicates, photos used before, suggested categories.

export const screeningZh = {
  'duplicates.title': '疑似重复',
  'duplicates.this': '本案',
  'duplicates.certain': '高度疑似',
  'duplicates.possible': '可能重复',
  'duplicates.merge': '并案',
  'duplicates.merge.title': '并入{no}？',
  'duplicates.merge.text': '本案并入{no}后不再单独办理，上报人可凭原受理编号查看该案进展和答复。',
  'duplicates.merged': '已并入本案的上报',
  'duplicates.no-photo': '没有照片',
  'track.goes-on': '您的上报已并入以下案件，办理进展与答复：',
  'photo.seen-before': '上次使用：{event}，{time}',
  'suggested.title': '建议类别',
  'suggested.words': '依据：{words}',
} as const

export const screeningEn: Record<keyof typeof screeningZh, string> = {
  'duplicates.title': 'Possible duplicates',
  'duplicates.this': 'This case',
  'duplicates.certain': 'Very likely',
  'duplicates.possible': 'Possible',
  'duplicates.merge': 'Merge',
  'duplicates.merge.title': 'Merge into {no}?',
  'duplicates.merge.text':
    'Merged into {no}, this case goes no way of its own. Who reported it follows that case under the same receipt number and gets its answer.',
  'duplicates.merged': 'Reports merged into this case',
  'duplicates.no-photo': 'No photo',
  'track.goes-on': 'Your report was merged into this case; its progress and answer:',
  'photo.seen-before': 'Used then: {event}, {time}',
  'suggested.title': 'Suggested category',
  'suggested.words': 'because of: {words}',
}
