package account_test

import (
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/account"
	"cairn/internal/fault"
)

// cheap is enough work to be measured and little enough for a test.
func cheap() account.Cost {
	return account.Cost{Memory: 8 << 10, Iterations: 1, AtOnce: 2, Waiting: 128}
}

func TestHashMatches(t *testing.T) {
	p := account.NewPasswords(cheap())
	const word = "kettle-orbit-lantern"
	hash, err := p.Hash(word)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(hash, "$argon2id$v=19$m=8192,t=1,p=1$") {
		t.Errorf("hash %q does not say its parameters", hash)
	}
	if strings.Contains(hash, word) {
		t.Error("the hash holds the password")
	}
	again, err := p.Hash(word)
	if err != nil {
		t.Fatal(err)
	}
	if again == hash {
		t.Error("two hashes of one password are equal: no salt")
	}
	for tried, want := range map[string]bool{word: true, word + " ": false, "": false, strings.ToUpper(word): false} {
		if got, err := p.Matches(tried, hash); err != nil || got != want {
			t.Errorf("Matches(%q) = %v, %v; want %v", tried, got, err, want)
		}
	}
	other := account.NewPasswords(account.Cost{Memory: 16 << 10, Iterations: 2, AtOnce: 1})
	if ok, err := other.Matches(word, hash); err != nil || !ok {
		t.Errorf("a hash of another cost is not checked: %v, %v", ok, err)
	}
}

func TestStandardIsWhatWasDecided(t *testing.T) {
	c := account.Standard()
	if c.Memory < 46<<10 || c.Iterations < 1 {
		t.Errorf("%+v is below OWASP's recommendation of 46 MiB and one pass", c)
	}
	if peak := int(c.Memory) * c.AtOnce; peak > 48<<10 {
		t.Errorf("sign-ins may take %d KiB at once, more than 48 MiB", peak)
	}
}

// What one hash took is free before the next one takes as much.
func TestMemoryIsGivenBack(t *testing.T) {
	p := account.NewPasswords(account.Cost{Memory: 32 << 10, Iterations: 1, AtOnce: 1})
	held := func() int64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := held()
	if _, err := p.Matches("kettle-orbit-lantern", ""); err != nil {
		t.Fatal(err)
	}
	if left := held() - before; left > 16<<20 {
		t.Errorf("%d bytes are held after a password was checked", left)
	}
}

func TestBrokenHashIsAnAccident(t *testing.T) {
	ok, err := account.NewPasswords(cheap()).Matches("kettle-orbit-lantern", "not a hash")
	if ok || err == nil {
		t.Fatalf("got %v, %v; want an error", ok, err)
	}
	if _, accident := fault.All(err); accident == nil {
		t.Errorf("%v would be shown to whoever signs in", err)
	}
}

func TestKnownPasswordsAreRefused(t *testing.T) {
	p := account.NewPasswords(cheap())
	for _, word := range []string{
		"passwordpassword", "Password1234!", "QWERTYUIOP123", "123456789012", "socialprescribing", "Winter2026!!",
		"aaaaaaaaaaaaaaaa", "abababababab", " letmeinletmein ",
	} {
		_, err := p.Hash(word)
		if !fault.Is(err, fault.PasswordWeak) {
			t.Errorf("%q was taken: %v", word, err)
			continue
		}
		all, _ := fault.All(err)
		if all[0].Field != "password" || strings.Contains(all[0].Detail, word) {
			t.Errorf("%q: the answer is %+v", word, all[0])
		}
	}
	for _, word := range []string{"kettle-orbit-lantern", "winter kettle 9", "passwords are hard to choose"} {
		if _, err := p.Hash(word); err != nil {
			t.Errorf("%q was refused: %v", word, err)
		}
	}
}

// Somebody who measures must not learn which logins exist.
func TestNoAccountTakesTheSameTime(t *testing.T) {
	p := account.NewPasswords(account.Cost{Memory: 32 << 10, Iterations: 1, AtOnce: 1})
	hash, err := p.Hash("kettle-orbit-lantern")
	if err != nil {
		t.Fatal(err)
	}
	took := func(hash string) time.Duration {
		began := time.Now()
		if ok, err := p.Matches("something else entirely", hash); ok || err != nil {
			t.Fatal(ok, err)
		}
		return time.Since(began)
	}
	// In turns, and the quickest of each: a machine with other work makes single
	// ones slow. Work that is left out stays away however often it is tried.
	with, without := time.Hour, time.Hour
	for range 100 {
		with, without = min(with, took(hash)), min(without, took(""))
		if without > with*2/3 && without < with*3/2 {
			return
		}
	}
	t.Errorf("with an account %v, without %v", with, without)
}

// 64 sign-ins at once wait for two turns; the 65th of a short queue is told to
// come back instead of being kept.
func TestManyAtOnce(t *testing.T) {
	p := account.NewPasswords(account.Cost{Memory: 8 << 10, Iterations: 1, AtOnce: 2, Waiting: 62})
	var wg sync.WaitGroup
	failed := make(chan error, 64)
	for range 64 {
		wg.Go(func() {
			if _, err := p.Matches("kettle-orbit-lantern", ""); err != nil {
				failed <- err
			}
		})
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		t.Errorf("one of 64 was turned away: %v", err)
	}

	narrow := account.NewPasswords(account.Cost{Memory: 64 << 10, Iterations: 8, AtOnce: 1})
	began := make(chan struct{})
	wg.Go(func() {
		close(began)
		if _, err := narrow.Matches("kettle-orbit-lantern", ""); err != nil {
			t.Errorf("the first was turned away: %v", err)
		}
	})
	<-began
	time.Sleep(10 * time.Millisecond)
	if _, err := narrow.Matches("kettle-orbit-lantern", ""); !fault.Is(err, fault.Busy) {
		t.Errorf("with a full queue: %v, want unavailable", err)
	}
	wg.Wait()
}
