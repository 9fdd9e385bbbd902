// Loaded before a process of a chaos run whose machine's clock is wrong: its time of day is SKEW_MS ahead. Durations are
// right, as on such a machine.
const ahead = Number(process.env.SKEW_MS ?? 0)
const World = Date
class Skewed extends World {
  constructor(...given) {
    super(...(given.length === 0 ? [World.now() + ahead] : given))
  }
  static now() {
    return World.now() + ahead
  }
}
Object.defineProperty(Skewed, 'name', { value: 'Date' })
globalThis.Date = Skewed
