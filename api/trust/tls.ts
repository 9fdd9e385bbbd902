// What the api is given to speak TLS: the certificate and key as they are now, and word when they have changed. Where they
// come from is the start's affair (scripts/runtime/tls).

export interface Tls {
  /** `own`: signed by this installation's authority, which phones have to be told to trust; `files`: TLS_CERT, TLS_KEY. */
  kind: 'own' | 'files'
  /** PEM; the certificate with those between it and the root. */
  current(): { cert: string; key: string }
  /** Browsers trust it without being told: only then are they told never to come without TLS again. */
  isPublic(): boolean
  /** Of `own`: the authority, PEM. */
  authority?: string | undefined
  /** @returns stops telling. */
  onChange(tell: () => void): () => void
  close(): void
}
