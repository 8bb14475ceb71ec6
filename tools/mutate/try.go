package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"sync"
	"time"
)

// sampled are the changes to try, in the order of the files.
func sampled(all []site, o options) []site {
	if o.sample <= 0 || o.sample >= len(all) {
		return all
	}
	chosen := slices.Clone(all)
	rand.New(rand.NewPCG(o.seed, 0)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	chosen = chosen[:o.sample]
	slices.SortFunc(chosen, func(a, b site) int { return a.id - b.id })
	return chosen
}

// untouched says whether the tests pass with every change switched off: else
// everything would count as noticed.
func (m *mutated) untouched() error {
	for _, t := range m.tests {
		if out, err := t.run(0, 10*time.Minute); err != nil {
			return fmt.Errorf("the tests fail before anything is changed: %w\n%s", err, out)
		}
	}
	return nil
}

// run runs the tests with one change. The limit is of processor time, so that a
// busy machine notices nothing that a quiet one would not.
func (t test) run(which int, limit time.Duration) ([]byte, error) {
	const memory = 8 << 20 // KiB of addresses
	script := fmt.Sprintf(`ulimit -t %d; ulimit -v %d; exec "$0" "$@"`, int(limit.Seconds()), memory)
	cmd := exec.Command("sh", append([]string{"-c", script, t.binary}, t.flags...)...)
	cmd.Dir = t.folder
	cmd.Env = append(os.Environ(), fmt.Sprint("MUTATE_WHICH=", which), "GOMAXPROCS=1")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return out, fmt.Errorf("run the tests: %w", err)
	}
	return out, err
}

// noticed says whether any test fails with a change.
func (m *mutated) noticed(s site, limit time.Duration) bool {
	return slices.ContainsFunc(m.tests, func(t test) bool {
		_, err := t.run(s.id, limit)
		return err != nil
	})
}

// try tries changes and hands on, as they turn up, those that no test notices.
func (m *mutated) try(o options, chosen []site, missed func(site)) {
	next, found := make(chan site), make(chan site)
	var all sync.WaitGroup
	for range max(1, o.workers) {
		all.Go(func() {
			for s := range next {
				if !m.noticed(s, o.limit) {
					found <- s
				}
			}
		})
	}
	go func() {
		for _, s := range chosen {
			next <- s
		}
		close(next)
		all.Wait()
		close(found)
	}()
	for s := range found {
		missed(s)
	}
}
