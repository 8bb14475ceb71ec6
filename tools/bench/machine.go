package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// machine says what the figures were measured on; not whose it is.
func machine() string {
	model, bytes := said("sysctl", "-n", "machdep.cpu.brand_string"), number(said("sysctl", "-n", "hw.memsize"))
	if runtime.GOOS == "linux" {
		model, bytes = entry("/proc/cpuinfo", "model name"), 1024*number(strings.TrimSuffix(entry("/proc/meminfo", "MemTotal"), " kB"))
	}
	return fmt.Sprintf("%d cores (%s), %.0f GB of memory, %s/%s", runtime.NumCPU(), model, bytes/1e9, runtime.GOOS, runtime.GOARCH)
}

// busy is how many programs wanted to run in the last minute, as text.
func busy() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	return strings.Fields(string(raw))[0]
}

// entry is what a file under /proc says of a key for the first time.
func entry(path, key string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return "not known"
	}
	for line := range strings.Lines(string(raw)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == key {
			return strings.TrimSpace(value)
		}
	}
	return "not known"
}

// said is what a command prints, on one line.
func said(command ...string) string {
	out, err := exec.Command(command[0], command[1:]...).Output()
	if err != nil {
		return "not known"
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func number(text string) float64 {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return n
}
