package main

import (
	"context"
	"errors"
	"strings"

	"github.com/alecthomas/kong"

	"cairn/internal/fault"
)

// Exit statuses.
const (
	done      = 0
	lookAt    = 1 // done, and something needs a look: rows rejected, pairs that differ
	notDone   = 2
	described = "Outcome measures and evidence for social prescribing. Start with “cairn demo” to look around, or “cairn serve” to set up your own service."
)

// commands is the whole command line. What a flag does not say is looked for in
// the environment, then in the configuration file.
type commands struct {
	Config string `help:"Read settings from this YAML or JSON file." placeholder:"FILE" env:"CAIRN_CONFIG"`

	Serve        serveCommand        `cmd:"" help:"Serve the pages and the API. On first use it prints the address where you set up your service."`
	Demo         demoCommand         `cmd:"" help:"Serve made-up schemes and people to look around in, on this machine only."`
	Import       importCommand       `cmd:"" help:"Bring a spreadsheet or a file of scores in, and say what became of every row."`
	Imports      importsCommand      `cmd:"" help:"List what was imported, or undo an import."`
	Export       exportCommand       `cmd:"" help:"Write data out as CSV."`
	Evidence     evidenceCommands    `cmd:"" help:"Work out the figures of a file of scores, or pool estimates, without a database."`
	Measure      measureCommand      `cmd:"" help:"Look at the library of measures, check a file of your own, or add one."`
	Organisation organisationCommand `cmd:"" help:"Add or list organisations."`
	Release      releaseCommand      `cmd:"" help:"Prepare, audit, publish, withdraw or list figures that may leave a service."`
	User         userCommand         `cmd:"" help:"Add people who can sign in, and tokens for programs."`
	Rebuild      rebuildCommand      `cmd:"" help:"Make every pair of scores anew from the assessments, or only check that they agree."`
	Migrate      migrateCommand      `cmd:"" help:"Bring the database's tables up to date, or show their history."`
	NewKey       newKeyCommand       `cmd:"" help:"Print a new random key for a PostgreSQL installation."`
	Healthcheck  healthcheckCommand  `cmd:"" help:"Ask the server on CAIRN_ADDR whether it is ready; for supervisors."`
	Version      versionCommand      `cmd:"" help:"Say which version this is."`
}

// ended ends a command that has said everything itself.
type ended int

func (ended) Error() string { return "ended" }

// run does what the arguments ask for and returns the exit status. Without
// arguments, which is how a double-click starts it, it serves and opens the
// browser.
func run(ctx context.Context, t *terminal, args []string) int {
	if len(args) == 0 {
		return t.status(startFromDesktop(ctx, t))
	}
	var c commands
	chosen, err := parse(&c, t, args)
	if err == nil {
		chosen.BindTo(ctx, (*context.Context)(nil))
		err = chosen.Run(t, &c)
	}
	return t.status(err)
}

func (t *terminal) status(err error) int {
	var code ended
	switch {
	case err == nil:
		return done
	case errors.As(err, &code):
		return int(code)
	}
	t.complain(err)
	return notDone
}

func parse(c *commands, t *terminal, args []string) (chosen *kong.Context, err error) {
	// kong leaves through Exit after --help, and carries on when Exit returns.
	defer func() {
		switch left := recover().(type) {
		case nil:
		case ended:
			err = left
		default:
			panic(left)
		}
	}()
	parser, err := kong.New(c, kong.Name("cairn"), kong.Description(described), kong.Writers(t.out, t.err), kong.Vars{"roles": roles()},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, Summary: false, WrapUpperBound: 100}),
		kong.Exit(func(code int) { panic(ended(code)) }))
	if err != nil {
		return nil, err
	}
	chosen, err = parser.Parse(args)
	if err != nil {
		return nil, usage(err)
	}
	return chosen, nil
}

// usage is a mistake in the command line, as a sentence.
func usage(err error) error {
	text := strings.ToUpper(err.Error()[:1]) + err.Error()[1:]
	return fault.New(fault.Invalid, fault.SettingsInvalid, "%s. “cairn --help” lists the commands; “cairn COMMAND --help” describes one.", text).Because(err)
}
