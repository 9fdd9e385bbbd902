// What the page /trust says, in Chinese and English. Plain sentences: it is read by people who stand before a phone.

export interface TrustWords {
  title: string
  other: string
  otherName: string
  address: string
  scan: string
  why: string
  needs: string[]
  works: string
  already: string
  noTls: string
  noTlsHow: string
  first: string
  forAndroid: string
  forIos: string
  check: string
  checkWhat: string
  fingerprint: string
  steps: { title: string; steps: string[] }[]
  wechat: { title: string; text: string }
  remove: string
}

export const TRUST_WORDS: Record<'zh-CN' | 'en', TrustWords> = {
  'zh-CN': {
    title: '让手机信任本系统',
    other: 'en',
    otherName: 'English',
    address: '本系统的地址',
    scan: '用另一部手机的相机扫一扫，可打开本页。',
    why: '浏览器只对加密（https）且受信任的网站开放以下功能。不信任证书，它们就不能用：',
    needs: [
      '定位：上报和核查时不能自动取得位置，只能在地图上点或填地址',
      '相机取景：核查时不能把处置前照片叠在取景画面上，只能用系统相机拍照',
      '离线：没有网络时打不开页面，填好的上报和核查结果不能先存在手机里',
      '安装：不能把上报、核查页面装到桌面像应用一样用',
    ],
    works: '登录、看案卷、填表、选照片、大屏在任何情况下都能用。',
    already: '本系统的证书由公共机构签发，手机本来就信任，什么都不用做。',
    noTls: '本系统目前没有加密（https），以上功能在手机上都不能用。',
    noTlsHow: '管理员用 TLS=own（自建证书）或 TLS_CERT、TLS_KEY（已有证书）启动后，再打开本页。',
    first: '第一步：下载证书',
    forAndroid: '安卓、鸿蒙、电脑：证书文件（.crt）',
    forIos: 'iPhone、iPad：描述文件（.mobileconfig）',
    check: '最后一步：看看是否成功',
    checkWhat: '打开下面的地址，没有“不安全”的提示就成功了：',
    fingerprint: '安装前请与管理员核对证书指纹（SHA-256）：',
    steps: [
      {
        title: '安卓',
        steps: [
          '下载证书文件。',
          '打开“设置”，搜索“CA 证书”（多在“安全 → 加密与凭据 → 安装证书 → CA 证书”）。',
          '看过提示后点“仍然安装”，输入锁屏密码，选刚下载的文件。',
          '用 Chrome 或手机自带的浏览器打开本系统。',
        ],
      },
      {
        title: 'iPhone、iPad',
        steps: [
          '用 Safari 打开本页，下载描述文件，点“允许”。',
          '打开“设置 → 已下载描述文件”，点“安装”，输入锁屏密码。',
          '打开“设置 → 通用 → 关于本机 → 证书信任设置”，把本系统的证书打开。少了这一步证书不起作用。',
        ],
      },
      {
        title: '鸿蒙 HarmonyOS',
        steps: [
          '下载证书文件。',
          '打开“设置”，搜索“证书”（多在“隐私和安全 → 高级 → 证书与凭据 → 从存储设备安装”）。',
          '选刚下载的文件，用途选“CA 证书”，输入锁屏密码。',
          '用手机自带的浏览器打开本系统。',
        ],
      },
      {
        title: '电脑',
        steps: [
          'Windows：双击证书文件 →“安装证书”→“本地计算机”→“受信任的根证书颁发机构”。',
          'macOS：双击证书文件，在“钥匙串访问”里把它设为“始终信任”。',
          '统信、麒麟的浏览器：“设置 → 隐私和安全 → 管理证书 → 授权中心 → 导入”。',
        ],
      },
    ],
    wechat: {
      title: '在微信里打不开？',
      text: '微信内置的浏览器多半不认自己装的证书，也不能安装和离线使用。请点右上角“…”，选“在浏览器中打开”。',
    },
    remove: '不再使用时，在安装的地方删除即可。这张证书只能用于本单位的地址和内网，不能冒充别的网站。',
  },
  en: {
    title: 'Let this phone trust the system',
    other: 'zh-CN',
    otherName: '中文',
    address: 'Address of this system',
    scan: 'Scan it with another phone’s camera to open this page there.',
    why: 'Browsers give some things only to sites that are encrypted (https) and trusted. Without that, these do not work:',
    needs: [
      'Position: reports and checks cannot take it from the phone; pick it on the map or give an address',
      'Camera preview: no overlay of the earlier photo while checking; the phone’s own camera still takes pictures',
      'Offline: pages do not open without a network, and what was filled in cannot wait on the phone',
      'Installing: the pages cannot be put on the home screen like an app',
    ],
    works: 'Logging in, reading cases, forms, choosing photos and the wall work in any case.',
    already:
      'The certificate of this system comes from a public authority that phones trust already. There is nothing to do.',
    noTls: 'This system is not encrypted (https) at present: none of the above works on phones.',
    noTlsHow:
      'Once it was started with TLS=own (a certificate of its own) or TLS_CERT and TLS_KEY (one you have), open this page again.',
    first: 'First: download the certificate',
    forAndroid: 'Android, HarmonyOS, computers: certificate file (.crt)',
    forIos: 'iPhone, iPad: profile (.mobileconfig)',
    check: 'Last: see whether it worked',
    checkWhat: 'Open this address. No warning means that it worked:',
    fingerprint: 'Before you install it, compare the fingerprint (SHA-256) with the administrator’s:',
    steps: [
      {
        title: 'Android',
        steps: [
          'Download the certificate file.',
          'Open Settings and search for “CA certificate” (mostly Security → Encryption & credentials → Install a certificate → CA certificate).',
          'Read the warning, choose “Install anyway”, enter the screen lock and pick the file.',
          'Open the system with Chrome or the phone’s own browser.',
        ],
      },
      {
        title: 'iPhone, iPad',
        steps: [
          'Open this page with Safari, download the profile and allow it.',
          'Settings → Profile Downloaded → Install, enter the passcode.',
          'Settings → General → About → Certificate Trust Settings: switch it on. Without this the certificate does nothing.',
        ],
      },
      {
        title: 'HarmonyOS',
        steps: [
          'Download the certificate file.',
          'Open Settings and search for “certificate” (mostly Privacy & security → Advanced → Certificates & credentials → Install from storage).',
          'Pick the file, choose “CA certificate”, enter the screen lock.',
          'Open the system with the phone’s own browser.',
        ],
      },
      {
        title: 'Computers',
        steps: [
          'Windows: double-click the file → Install Certificate → Local Machine → Trusted Root Certification Authorities.',
          'macOS: double-click the file and set it to “Always Trust” in Keychain Access.',
          'Linux browsers: Settings → Privacy and security → Manage certificates → Authorities → Import.',
        ],
      },
    ],
    wechat: {
      title: 'It does not open in WeChat?',
      text: 'The browser inside WeChat mostly ignores certificates that you installed, and can neither install pages nor work offline. Tap “…” at the top right and choose “Open in browser”.',
    },
    remove:
      'When you no longer need it, delete it where you installed it. It holds for this organisation’s addresses and intranet only and cannot pose as other sites.',
  },
}
