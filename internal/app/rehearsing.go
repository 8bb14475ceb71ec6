package app

import (
	"context"
	"errors"
)

type rehearsing struct{}

// ErrRehearsed ends a rehearsed write with which nothing is wrong.
var ErrRehearsed = errors.New("rehearsed, so nothing was kept")

// Rehearse returns a context in which a write finds everything that is wrong
// with it and then undoes itself. It is for a request that is refused already,
// so that its sender hears of all mistakes at once.
func Rehearse(ctx context.Context) context.Context {
	return context.WithValue(ctx, rehearsing{}, true)
}
