// Kept apart from vite.config.ts, whose root is the dashboard: tests run over the whole package.
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['**/*.test.{ts,tsx}'] } })
