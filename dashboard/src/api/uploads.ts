// Photos: sent one by one; the server sniffs, re-encodes and strips them and answers with an id.
import { request } from './request.ts'

export interface Upload {
  id: string
  url: string
  width: number
  height: number
}

export function upload(file: File) {
  const body = new FormData()
  body.append('file', file)
  return request<Upload>('/uploads', { body })
}
