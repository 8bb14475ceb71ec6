// The script of every page: starts the nhsuk-frontend components that our pages
// use, and no others, and what helps to type in assessments. A page must work
// without it.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  Scroll,
  SkipLink,
  createAll
} from 'nhsuk-frontend'

import './copy.js'
import { startDrafts } from './draft.js'
import { startEntry } from './entry.js'
import { startLarge } from './large.js'
import { startProgress } from './progress.js'

const used = [
  Button, // a second press sends nothing twice
  CharacterCount,
  Checkboxes,
  ErrorSummary, // takes the focus
  Header, // folds the navigation on a phone
  NotificationBanner,
  PasswordInput,
  Radios,
  Scroll, // wide tables: reachable by keyboard
  SkipLink
]

for (const component of used) {
  createAll(component)
}

startDrafts() // before the forms are looked at: it may fill them
startEntry()
startLarge()
startProgress()
