package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
)

const keySize = 32 // bytes, AES-256

// sealedForm is the first byte of everything sealed, so that a later form can
// be told from this one: AES-256-GCM, nonce before the text.
const sealedForm = 1

// A sealer encrypts with one key. What it seals can be opened only in the place
// it was sealed for.
type sealer struct{ aead cipher.AEAD }

func newSealer(key []byte) (sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, fmt.Errorf("cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return sealer{}, fmt.Errorf("cipher: %w", err)
	}
	return sealer{aead}, nil
}

// seal encrypts text for a place: its organisation, its row, its column.
func (s sealer) seal(text []byte, place ...string) []byte {
	return s.aead.Seal([]byte{sealedForm}, nil, text, framed(place...)) //nolint:gosec // this cipher draws the nonce itself and takes none
}

var errSealed = errors.New("sealed under another key, for another place, or damaged")

func (s sealer) open(sealed []byte, place ...string) ([]byte, error) {
	if len(sealed) == 0 || sealed[0] != sealedForm {
		return nil, errSealed
	}
	text, err := s.aead.Open(nil, nil, sealed[1:], framed(place...))
	if err != nil {
		return nil, errSealed
	}
	return text, nil
}

// newKey makes a random key and its sealed form.
func (s sealer) newKey(place ...string) (key sealer, wrapped []byte, err error) {
	raw := make([]byte, keySize)
	rand.Read(raw) // never fails
	if key, err = newSealer(raw); err != nil {
		return sealer{}, nil, err
	}
	return key, s.seal(raw, place...), nil
}

// openKey is newKey backward.
func (s sealer) openKey(wrapped []byte, place ...string) (sealer, error) {
	raw, err := s.open(wrapped, place...)
	if err != nil {
		return sealer{}, err
	}
	return newSealer(raw)
}

// framed joins parts so that no two lists of parts look alike.
func framed(parts ...string) []byte {
	var all []byte
	for _, p := range parts {
		all = binary.BigEndian.AppendUint64(all, uint64(len(p)))
		all = append(all, p...)
	}
	return all
}

// masterKeys are the keys derived from the one that is kept outside the
// database, one for each use.
type masterKeys struct {
	wrap    sealer // of organisations' keys
	audit   []byte // HMAC of audit rows
	request []byte // HMAC of requests that may come twice
	number  []byte // HMAC of NHS numbers, for looking one up
	place   placer // of where pages of lists end
}

func newMasterKeys(master []byte) (masterKeys, error) {
	if len(master) != keySize {
		return masterKeys{}, settings("The master key has %d bytes; it needs %d.", len(master), keySize)
	}
	var keys [6][]byte
	for i, use := range []string{"cairn organisation keys 1", "cairn audit rows 1", "cairn requests 1", "cairn nhs numbers 1", "cairn places of lists 1", "cairn nonces of places 1"} {
		key, err := hkdf.Key(sha256.New, master, nil, use, keySize)
		if err != nil {
			return masterKeys{}, fmt.Errorf("derive a key: %w", err)
		}
		keys[i] = key
	}
	wrap, err := newSealer(keys[0])
	if err != nil {
		return masterKeys{}, err
	}
	place, err := newPlacer(keys[4], keys[5])
	return masterKeys{wrap, keys[1], keys[2], keys[3], place}, err
}

// mac is an HMAC-SHA-256 over framed parts.
func mac(key []byte, parts ...string) []byte {
	var h hash.Hash = hmac.New(sha256.New, key)
	h.Write(framed(parts...))
	return h.Sum(nil)
}

// orgKey is the organisation's key.
func (s *scope) orgKey() (sealer, error) {
	if known, ok := s.store.orgKeys.Load(s.org); ok {
		return known.(sealer), nil
	}
	var row organisationRow
	if err := s.organisation(&row); err != nil {
		return sealer{}, err
	}
	key, err := s.store.keys.wrap.openKey(row.WrappedKey, row.ID, "organisations.wrapped_key")
	if err != nil {
		return sealer{}, fmt.Errorf("key of organisation %s: %w", s.org, err)
	}
	s.store.orgKeys.Store(s.org, key)
	return key, nil
}

// tryKey refuses a master key that is not this database's.
func (s *Store) tryKey(ctx context.Context) error {
	var row organisationRow
	found := s.read.WithContext(ctx).Order("id").Limit(1).Find(&row)
	if found.Error != nil {
		return failed("read an organisation", found.Error)
	}
	if found.RowsAffected == 0 {
		return nil
	}
	if _, err := s.keys.wrap.openKey(row.WrappedKey, row.ID, "organisations.wrapped_key"); err != nil {
		return settings("This key does not open this database. Use the key that was made with it.")
	}
	return nil
}
