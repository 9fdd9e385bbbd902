// The light build of hls.js has the types of the whole one, which its package does not say.
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
