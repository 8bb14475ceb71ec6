package fault

import (
	"errors"
	"syscall"
)

// Full is what a full disk is told as: waiting does not help, and whoever reads it
// can seldom make room themselves.
func Full(cause error) *Fault {
	return New(Unavailable, NoRoom, "No room is left on the disk of this service, so nothing was saved. Tell whoever runs it that its disk is full. When there is room, do the same again.").Because(cause)
}

// IsFull reports whether an error of the system says so.
func IsFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }
