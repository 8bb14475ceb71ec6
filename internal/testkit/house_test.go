package testkit_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "cairn/"

// arrows is the plan of the house: who may import whom, lowest floor first. A
// package may import only what stands on its line. A word added here is an
// architectural decision and wants a record in docs/decisions. internal/testkit
// and internal/testkit/town are for tests: no room has them on its line.
func arrows() map[string]string {
	return map[string]string{
		"internal/fault":      "",
		"internal/stat":       "",
		"migrations":          "",
		"web":                 "",
		"internal/testkit":    "",
		"internal/press":      "",
		"internal/measure":    "internal/fault",
		"internal/scheme":     "internal/fault internal/measure",
		"internal/account":    "internal/fault",
		"internal/evidence":   "internal/measure internal/scheme internal/stat",
		"charts":              "internal/disclosure internal/evidence internal/measure",
		"internal/disclosure": "internal/evidence internal/measure internal/scheme internal/stat",
		"internal/exchange":   "internal/evidence internal/exchange/extract internal/fault internal/measure internal/scheme",
		// what leaves: tables that explain themselves, and the packages they go in
		"internal/exchange/extract":     "internal/measure internal/scheme",
		"internal/exchange/datapackage": "internal/evidence internal/exchange/extract internal/measure internal/scheme",
		// reads finished files for research, and shares nothing with who writes them
		"internal/exchange/recheck": "",
		"internal/exchange/fhir":    "internal/fault internal/measure internal/scheme",
		"internal/intake":           "internal/fault internal/measure internal/scheme",
		"internal/intake/take":      "internal/app internal/fault internal/intake internal/measure internal/scheme", // files on their way in, for page, API and terminal
		"internal/app":              "internal/disclosure internal/evidence internal/fault internal/measure internal/scheme",
		"internal/figures":          "charts internal/app internal/evidence internal/scheme", // which figures a view has, for page and API
		"internal/mail":             "internal/app",                                          // satisfies app.Mailer, as store does app.Store
		"internal/store":            "internal/app internal/fault internal/measure internal/scheme migrations",
		"internal/server":           "internal/app internal/fault",
		"internal/api":              "charts internal/app internal/disclosure internal/evidence internal/exchange/datapackage internal/exchange/extract internal/exchange/fhir internal/fault internal/figures internal/intake internal/intake/take internal/measure internal/scheme internal/server",
		"internal/site":             "charts internal/app internal/disclosure internal/evidence internal/exchange/datapackage internal/exchange/extract internal/fault internal/figures internal/intake internal/intake/take internal/measure internal/scheme internal/server web",
		// for tests that hold figures against R's
		"internal/testkit/agree": "",
		// reads published figures and nothing of ours
		"internal/testkit/attack": "",
		// for the tests of app, server, api and site
		"internal/testkit/town": "internal/account internal/app internal/exchange internal/exchange/datapackage internal/exchange/recheck internal/measure internal/scheme internal/server internal/store internal/testkit migrations",
	}
}

// doors says which outside modules are let in, and through which rooms.
func doors() map[string]string {
	return map[string]string{
		"gorm.io/":                        "internal/store",
		"database/sql":                    "internal/store internal/testkit internal/testkit/town",
		"github.com/jackc/":               "internal/store internal/testkit",
		"github.com/gin-gonic/":           "internal/server internal/api internal/site",
		"github.com/danielgtaylor/huma/":  "internal/server internal/api",
		"net/smtp":                        "internal/mail",
		"github.com/chromedp/":            "internal/press",
		"net/http":                        "internal/server internal/api internal/site",
		"github.com/go-echarts/":          "charts",
		"gonum.org/v1/gonum/":             "internal/stat",
		"github.com/alexedwards/argon2id": "internal/account",
		"github.com/alexedwards/scs/":     "internal/server internal/store",
		"github.com/pressly/goose/":       "internal/store",
		"os":                              "internal/exchange/datapackage internal/store internal/testkit internal/testkit/town",
		"math/rand":                       "",
		"github.com/alecthomas/kong":      "",
		"github.com/schollz/progressbar/": "",
		"go.yaml.in/yaml/":                "internal/measure",
		"database/sql/driver":             "internal/scheme internal/store",
		"github.com/xuri/excelize/":       "internal/exchange/extract",
		"github.com/parquet-go/":          "internal/exchange/extract",
		"github.com/libtnb/sqlite":        "internal/store",
		"modernc.org/sqlite":              "internal/store",
	}
}

type pkg struct {
	ImportPath string
	Imports    []string
}

// TestHouse walks every package that is built. cmd wires everything and is
// imported by nothing, so it has no line.
func TestHouse(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatal(err)
	}
	dec := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if room := strings.TrimPrefix(p.ImportPath, module); !strings.HasPrefix(room, "cmd/") {
			seen++
			for _, complaint := range complaints(room, p.Imports) {
				t.Error(complaint)
			}
		}
	}
	if seen != len(arrows()) {
		t.Errorf("%d packages are built, %d are in the plan: a room is missing or has no line", seen, len(arrows()))
	}
}

// complaints says what is wrong with one package's imports.
func complaints(room string, imports []string) []string {
	plan, planned := arrows()[room]
	if !planned {
		return []string{"package " + room + " is not in the plan of the house"}
	}
	var said []string
	for _, to := range imports {
		if other, ours := strings.CutPrefix(to, module); ours {
			if !slices.Contains(strings.Fields(plan), other) {
				said = append(said, room+" may not import "+other)
			}
			continue
		}
		if door, rooms := doorOf(to); door != "" && !slices.Contains(strings.Fields(rooms), room) {
			said = append(said, room+" may not import "+to+"; its rooms are: "+rooms)
		}
	}
	return said
}

// doorOf finds the most particular door an import goes through. Modules (with
// a slash at the end or a version) match by prefix, packages of the standard
// library exactly or below.
func doorOf(to string) (door, rooms string) {
	for d, r := range doors() {
		if (to == d || strings.HasPrefix(to, strings.TrimSuffix(d, "/")+"/")) && len(d) > len(door) {
			door, rooms = d, r
		}
	}
	return door, rooms
}

// The control: the test would notice.
func TestHouseComplains(t *testing.T) {
	for room, imports := range map[string][]string{
		"internal/stat":     {"cairn/internal/scheme"},
		"internal/evidence": {"cairn/internal/store"},
		"internal/site":     {"gorm.io/gorm"},
		"internal/app":      {"net/http"},
		"internal/scheme":   {"database/sql"},
		"internal/unknown":  nil,
	} {
		if len(complaints(room, imports)) == 0 {
			t.Errorf("%s importing %v went unnoticed", room, imports)
		}
	}
	if said := complaints("internal/scheme", []string{"database/sql/driver", "cairn/internal/measure", "strings"}); len(said) > 0 {
		t.Errorf("a planned import was refused: %v", said)
	}
}
