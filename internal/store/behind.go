package store

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"

	"gorm.io/gorm"
)

// behind is what a transaction is told to write while its program works out what
// comes next. One thing is written after the other, in the order they were told.
type behind struct {
	last chan struct{} // closed when the last of them is written; nil when nothing is left
	err  error         // of the first that failed: nothing after it is tried
}

// leave has work done after what was left before. It is nobody else's business
// meanwhile what work looks at.
func (b *behind) leave(work func() error) {
	before, done := b.last, make(chan struct{})
	b.last = done
	go func() {
		defer close(done)
		if before != nil {
			<-before
		}
		if b.err == nil {
			b.err = caught(work)
		}
	}()
}

// caught does work; a panic is an error, since nobody else could catch it.
func caught(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("write behind the program: %v\n%s", p, debug.Stack())
		}
	}()
	return work()
}

// wait returns when everything is written, or what failed.
func (b *behind) wait() error {
	if b.last != nil {
		<-b.last
		b.last = nil
	}
	return b.err
}

// awaiting is the connection of a transaction: whatever is asked of it comes after
// what was left to be written, so that a statement sees all that came before it.
type awaiting struct {
	gorm.ConnPool
	*behind
}

// awaited is the transaction with such a connection.
func (b *behind) awaited(tx *gorm.DB) *gorm.DB {
	all := tx.Session(&gorm.Session{NewDB: true, Context: tx.Statement.Context})
	all.Statement.ConnPool = awaiting{tx.Statement.ConnPool, b}
	return all
}

func (a awaiting) PrepareContext(ctx context.Context, query string) (*sql.Stmt, error) {
	if err := a.wait(); err != nil {
		return nil, err
	}
	return a.ConnPool.PrepareContext(ctx, query)
}

func (a awaiting) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := a.wait(); err != nil {
		return nil, err
	}
	return a.ConnPool.ExecContext(ctx, query, args...)
}

func (a awaiting) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := a.wait(); err != nil {
		return nil, err
	}
	return a.ConnPool.QueryContext(ctx, query, args...)
}

// QueryRowContext has no way to say what failed before it; the end of the
// transaction says it.
func (a awaiting) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	_ = a.wait()
	return a.ConnPool.QueryRowContext(ctx, query, args...)
}
