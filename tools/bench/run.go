package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// A run is what one process took from its start to its end.
type run struct {
	wall time.Duration
	peak int64 // most memory held, bytes
}

// measure runs a command whose output nobody reads.
func measure(command []string) (run, error) {
	c := exec.Command(command[0], command[1:]...)
	c.Stderr = os.Stderr
	began := time.Now()
	err := c.Run()
	took := time.Since(began)
	if err != nil {
		return run{}, fmt.Errorf("%q: %w", command, err)
	}
	used, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return run{}, fmt.Errorf("%q: nothing here says how much memory it held", command)
	}
	peak := used.Maxrss
	if runtime.GOOS != "darwin" { // which alone says it in bytes
		peak *= 1024
	}
	return run{took, peak}, nil
}

// inTurn runs commands one after the other, over and over, so that all of them
// meet the machine in the same moods. The first round is for the disk's cache
// and is not counted.
func inTurn(rounds int, commands ...[]string) ([][]run, error) {
	runs := make([][]run, len(commands))
	for round := range rounds + 1 {
		for i, command := range commands {
			one, err := measure(command)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				runs[i] = append(runs[i], one)
			}
		}
	}
	return runs, nil
}

// A spread is a median between the least and the most.
type spread[T any] struct{ least, median, most T }

// spreadOf takes the lower of the two in the middle of an even number.
func spreadOf[T cmp.Ordered](values []T) spread[T] {
	sorted := slices.Sorted(slices.Values(values))
	return spread[T]{sorted[0], sorted[(len(sorted)-1)/2], sorted[len(sorted)-1]}
}

// seconds of the runs.
func seconds(runs []run) (all []float64) {
	for _, r := range runs {
		all = append(all, r.wall.Seconds())
	}
	return all
}

// peak is the most memory that any of the runs held, in MB.
func peak(runs []run) float64 {
	most := int64(0)
	for _, r := range runs {
		most = max(most, r.peak)
	}
	return float64(most) / 1e6
}

// ratios are how many times longer a took than b, round by round.
func ratios(a, b []run) (all []float64) {
	for i := range a {
		all = append(all, a[i].wall.Seconds()/b[i].wall.Seconds())
	}
	return all
}
