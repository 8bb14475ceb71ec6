package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"cairn/internal/app"
)

// A placer seals where in a list a page ends: what the list is sorted by, as the line
// had it when the page was read. The next page begins there whatever has become of the
// line since. Sealed, because a place can hold a reference, and it goes into addresses;
// and the same place is sealed alike each time, so that an answer keeps its ETag.
type placer struct {
	aead  cipher.AEAD
	nonce []byte // key of the HMAC over a place that is its nonce
}

func newPlacer(key, nonce []byte) (placer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return placer{}, fmt.Errorf("cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return placer{}, fmt.Errorf("cipher: %w", err)
	}
	return placer{aead, nonce}, nil
}

// mark is the place of a line in a list of the organisation: what the list is sorted
// by, the identifier last. order says which list, and how it is sorted.
func (s *scope) mark(order string, keys ...string) (string, error) {
	text, err := json.Marshal(keys)
	if err != nil {
		return "", fmt.Errorf("mark a place: %w", err)
	}
	p := s.store.keys.place
	nonce := mac(p.nonce, s.org, order, string(text))[:p.aead.NonceSize()]
	return base64.RawURLEncoding.EncodeToString(p.aead.Seal(nonce, nonce, text, framed(s.org, order))), nil
}

// place is mark backward. What is no mark of this list in this order faults at "after".
func (s *scope) place(order, mark string) (keys []string, err error) {
	p := s.store.keys.place
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(mark)
	if err != nil || len(sealed) < p.aead.NonceSize() {
		return nil, app.NoPlace()
	}
	nonce := sealed[:p.aead.NonceSize()]
	text, err := p.aead.Open(nil, nonce, sealed[len(nonce):], framed(s.org, order))
	if err != nil || subtle.ConstantTimeCompare(nonce, mac(p.nonce, s.org, order, string(text))[:len(nonce)]) == 0 {
		return nil, app.NoPlace()
	}
	if err := json.Unmarshal(text, &keys); err != nil {
		return nil, fmt.Errorf("read a place: %w", err)
	}
	return keys, nil
}
