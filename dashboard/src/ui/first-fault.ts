// After a press on a button that stays in sight: the first field that lacks something may be above or below the screen.

/** Call when what lacks has been set; scrolls to the first word on it once it is drawn. */
export function showFirstFault(): void {
  requestAnimationFrame(() => {
    document.querySelector('main p[role="alert"]')?.scrollIntoView({ block: 'center' })
  })
}
