// Words of the cameras on the wall.
export const camerasZh = {
  'camera.title': '视频点位',
  'camera.connecting': '连接中…',
  'camera.lost': '信号中断',
  'camera.lost.since': '{time} 起无画面',
  'camera.generated': '生成画面',
  'camera.none': '城市包里没有视频点位',
  'camera.none-chosen': '没有这样的视频点位',
  'camera.not-allowed': '此登录不能查看视频画面，请用大屏或中心人员的账号',
  'camera.open': '单独显示 {name}',
  'camera.back': '返回多画面（Esc）',
} as const

export const camerasEn: Record<keyof typeof camerasZh, string> = {
  'camera.title': 'Cameras',
  'camera.connecting': 'Connecting…',
  'camera.lost': 'No signal',
  'camera.lost.since': 'No picture since {time}',
  'camera.generated': 'Generated',
  'camera.none': 'The city pack lists no cameras',
  'camera.none-chosen': 'No such camera',
  'camera.not-allowed':
    "This login may not look through cameras: use one of a screen or of the centre's staff",
  'camera.open': 'Show {name} alone',
  'camera.back': 'Back to all pictures (Esc)',
}
