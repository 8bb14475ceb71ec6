// Command agree compares two files of figures, leaf by leaf: what was wanted
// (R's answer) and what was got (the product's).
//
//	agree WANT.json GOT.json [--verbose]
//
// It knows the tolerances of the acceptance conventions and nothing of any
// statistic. It promises that no wanted key is passed over: every leaf is
// equal, different, or said to be softly missing (null was wanted, and what
// would hold it is null as a whole). It exits with 1 when anything differs or
// when there was nothing to compare.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

var errDiffer = errors.New("the files do not agree")

func main() {
	err := run(os.Args[1:], os.Stdout)
	if err != nil && !errors.Is(err, errDiffer) {
		fmt.Fprintln(os.Stderr, "agree:", err)
	}
	if err != nil {
		os.Exit(1)
	}
}

func run(args []string, to io.Writer) error {
	var files []string
	show := disagreements
	for _, arg := range args {
		if arg == "--verbose" || arg == "-verbose" {
			show = everything
			continue
		}
		files = append(files, arg)
	}
	if len(files) != 2 {
		return errors.New("usage: agree WANT.json GOT.json [--verbose]")
	}
	want, err := load(files[0])
	if err != nil {
		return err
	}
	got, err := load(files[1])
	if err != nil {
		return err
	}
	tally := compare(want, got)
	if err := tally.print(to, show); err != nil {
		return err
	}
	if !tally.agree() {
		return errDiffer
	}
	return nil
}

func load(file string) (any, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var value any
	if err := json.Unmarshal(content, &value); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return value, nil
}
