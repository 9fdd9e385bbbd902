// A page with nothing but cameras, for tests: `show(props, box)` puts a camera wall into a box of that size.
import '@fontsource-variable/noto-sans-sc/wght.css'
import '../../../dashboard/src/ui/base.css'
import { createRoot } from 'react-dom/client'
import { CameraWall, type CameraWallProps } from '../../../dashboard/src/pages/wall/cameras/camera-wall.tsx'

export interface Box {
  width: string
  height: string
}

declare global {
  interface Window {
    show(props: CameraWallProps | undefined, box?: Box): void
  }
}

const element = document.getElementById('root')
if (!element) throw new Error('index.html has no #root')
const root = createRoot(element)
window.show = (props, box = { width: '100vw', height: '100vh' }) =>
  root.render(props && <div style={box}>{<CameraWall {...props} />}</div>)
