// The script of a report that is one file: it says that scripts run, and draws.
import './boot.js'
import './charts.js'
