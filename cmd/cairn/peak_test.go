package main

import (
	"os"
	"strconv"
	"strings"
)

// peak is the most memory that a process has had so far, in MB; 0 where no system
// tells. What wait4 says of a child has the memory of its parent in it.
func peak(pid int) int {
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(raw), "VmHWM:")
	fields := strings.Fields(after)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.Atoi(fields[0])
	return kB >> 10
}
