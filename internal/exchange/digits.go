package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// writeJSON writes v with every number that is no whole number to 17 significant
// digits, which is what any float64 needs and what R's files of results have.
func writeJSON(w io.Writer, v any) error {
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Errorf("encode results: %w", err)
	}
	var out bytes.Buffer
	out.Grow(len(raw) + len(raw)/4)
	for len(raw) > 0 {
		n := tokenLength(raw)
		out.Write(allDigits(raw[:n]))
		raw = raw[n:]
	}
	out.WriteByte('\n')
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

// tokenLength is how long the string, the number or the run of anything else is
// that JSON starts with.
func tokenLength(raw []byte) int {
	switch {
	case raw[0] == '"':
		for i := 1; i < len(raw); i++ {
			switch raw[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
	case inNumber(raw[0]):
		for i := range raw {
			if !inNumber(raw[i]) {
				return i
			}
		}
	default:
		for i := range raw {
			if raw[i] == '"' || inNumber(raw[i]) && raw[i] != 'e' {
				return i
			}
		}
	}
	return len(raw)
}

func inNumber(b byte) bool {
	return '0' <= b && b <= '9' || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E'
}

// allDigits writes a number's digits out; whatever else comes back as it is.
func allDigits(token []byte) []byte {
	if !bytes.ContainsAny(token, ".eE") || !('0' <= token[len(token)-1] && token[len(token)-1] <= '9') || token[0] == '"' {
		return token
	}
	v, err := strconv.ParseFloat(string(token), 64)
	if err != nil {
		return token
	}
	return strconv.AppendFloat(nil, v, 'g', 17, 64)
}
