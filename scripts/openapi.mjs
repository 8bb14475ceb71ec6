// Holds the OpenAPI document to Redocly's recommended rules: node scripts/openapi.mjs FILE
import { createConfig, lint } from '@redocly/openapi-core'

const file = process.argv[2]
const config = await createConfig({ extends: ['recommended'] })
const problems = await lint({ ref: file, config })
for (const { severity, ruleId, message, location } of problems) {
  console.error(`${file}${location[0]?.pointer ?? ''}: ${severity}: ${ruleId}: ${message}`)
}
if (problems.length > 0) {
  process.exit(1)
}
console.log(`${file}: nothing to mend`)
