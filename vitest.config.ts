// Two projects: `rules` needs nothing and runs anywhere; `system` gets a real PostgreSQL and Redis from its global set-up.
// Kept apart from vite.config.ts, whose root is the dashboard.
import { defineConfig } from 'vitest/config'

const TESTS = '*.test.{ts,tsx}'

export default defineConfig({
  test: {
    // Two cores are the smallest machine meant; every spec file has a database of its own.
    maxWorkers: 2,
    // Against what hangs, not what is slow: a machine may have other work beside the tests.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: 'rules', include: [`domain/**/${TESTS}`, `dashboard/**/${TESTS}`] } },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['pack', 'store', 'api', 'worker', 'scripts', 'migrations', 'pages', 'load-tests'].map(
            (folder) => `${folder}/**/${TESTS}`,
          ),
          globalSetup: ['scripts/runtime/test-setup.ts'],
        },
      },
    ],
  },
})
