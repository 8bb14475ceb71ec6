// Makes the demo's data once, for every test file to copy:
//
//   node web/browser/seed.mjs FOLDER && CAIRN_TEST_DEMO=FOLDER node --test ...
import { mkdir } from 'node:fs/promises'

import { seedDemo } from './demo.mjs'

const [folder] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
await seedDemo(folder)
