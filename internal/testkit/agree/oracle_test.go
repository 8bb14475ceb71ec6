//go:build proof

package agree_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/testkit/agree"
)

// Folders, seen from here.
const (
	oracle     = "../../../testdata/oracle/"
	acceptance = "../../../testdata/acceptance/"
)

// TestOracle holds the product, as people run it, against R: made-up data sets,
// the acceptance cases and pools. It needs R and is part of `make proof`.
// CAIRN_PROOF_SEED makes other data sets.
func TestOracle(t *testing.T) {
	seed := os.Getenv("CAIRN_PROOF_SEED")
	if seed == "" {
		seed = "20261122"
	}
	folder := t.TempDir()
	cairn := filepath.Join(folder, "cairn")
	must(t, exec.Command("go", "build", "-o", cairn, "cairn/cmd/cairn"))
	must(t, exec.Command("Rscript", oracle+"worlds.R", folder, seed))
	for _, name := range []string{"sleep", "madeup"} {
		if err := os.CopyFS(filepath.Join(folder, name), os.DirFS(acceptance+name)); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(folder, name, "expected.json")); err != nil { // R writes its own
			t.Fatal(err)
		}
	}
	worlds, pools := found(t, folder, "*/case.json"), found(t, folder, "pools/*.csv")
	for i := range worlds {
		worlds[i] = filepath.Dir(worlds[i])
	}
	must(t, exec.Command("Rscript", append([]string{oracle + "oracle.R"}, worlds...)...))
	must(t, exec.Command("Rscript", append([]string{oracle + "oracle.R", "--pool"}, pools...)...))
	keys := 0
	for _, world := range worlds {
		t.Run(filepath.Base(world), func(t *testing.T) {
			want := file(t, filepath.Join(world, "expected.json"))
			if known := acceptance + filepath.Base(world) + "/expected.json"; exists(known) {
				keys += held(t, "R's answer to an acceptance case", file(t, known), want)
			}
			for _, args := range [][]string{{"wide.csv"}, {"long.csv", "--people", "people.csv"}} {
				args = append(args, "--settings", "case.json")
				keys += held(t, args[0], want, said(t, world, cairn, append([]string{"evidence"}, args...)))
			}
		})
	}
	for _, pool := range pools {
		t.Run("pool "+filepath.Base(pool), func(t *testing.T) {
			want := file(t, strings.TrimSuffix(pool, ".csv")+".expected.json")
			keys += held(t, "pool", want, said(t, filepath.Dir(pool), cairn, []string{"evidence", "pool", filepath.Base(pool)}))
		})
	}
	t.Logf("seed %s: %d data sets, each in two forms, and %d pools; %d keys compared", seed, len(worlds), len(pools), keys)
}

// held compares, less what R's file says about itself.
func held(t *testing.T, what string, want, got any) int {
	t.Helper()
	if tree, ok := want.(map[string]any); ok {
		delete(tree, "case")
		delete(tree, "source")
	}
	tally := agree.Compare(want, got)
	if !tally.Agree() {
		t.Errorf("%s:\n%s", what, tally)
	}
	return tally.Compared
}

// said is what the product prints. Its status 1 is a file with rejected rows.
func said(t *testing.T, folder, cairn string, args []string) any {
	t.Helper()
	cmd := exec.Command(cairn, append(args, "--json")...)
	cmd.Dir = folder
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() != 1 || err != nil && exit == nil {
		t.Fatalf("%v: %v\n%s", args, err, exit.Stderr)
	}
	return parsed(t, string(out))
}

func must(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
}

func found(t *testing.T, folder, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil || len(all) == 0 {
		t.Fatalf("nothing is like %s: %v", pattern, err)
	}
	return all
}

func file(t *testing.T, name string) any {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return parsed(t, string(raw))
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
