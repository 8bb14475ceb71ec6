package measure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

const codesHead = "system,code,measure,series,means,source\n"

func library(t *testing.T) []measure.Definition {
	t.Helper()
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A service's file of codes stands beside the library: a score's own codes
// first, then those of the whole measure. The library itself has none.
func TestCodesOfAService(t *testing.T) {
	file := "\ufeffCode,System,measure,series,means,source\r\n" + // as a spreadsheet saves it, its columns moved
		"718466001,SNOMED,swemwbs,swemwbs-raw,\"SWEMWBS score, raw\",our UK release\r\n" +
		"718466001,snomed,swemwbs,swemwbs-metric,SWEMWBS score,our UK release\r\n" +
		"758711000000105,snomed,phq9,,PHQ-9 scale,our UK release\r\n" +
		"720433000,snomed,phq9,phq9,PHQ-9 score,our UK release\r\n"
	codes, err := measure.ReadCodes([]byte(file), library(t))
	if err != nil {
		t.Fatal(err)
	}
	phq := codes.On(bundled(t, "phq9"))
	var got []string
	for _, c := range phq.CodesOf("phq9") {
		got = append(got, c.System.Label()+" "+c.Code)
	}
	if want := "LOINC 44261-6, SNOMED CT 720433000, SNOMED CT 758711000000105"; strings.Join(got, ", ") != want {
		t.Errorf("PHQ-9 has %v, want %s", got, want)
	}
	if raw := codes.On(bundled(t, "swemwbs")).CodesOf("swemwbs-raw"); len(raw) != 1 || raw[0].Means != "SWEMWBS score, raw" {
		t.Errorf("the raw score has %v", raw)
	}
	if other := codes.On(bundled(t, "gad7")); len(other.Codes) != 1 {
		t.Errorf("GAD-7 has %v", other.Codes)
	}
	if slices.ContainsFunc(bundled(t, "phq9").Codes, func(c measure.Code) bool { return c.System == measure.SNOMED }) {
		t.Error("the library itself has codes of the file")
	}
	var preview strings.Builder
	if err := phq.Preview(&preview); err != nil || !strings.Contains(preview.String(), "SNOMED CT 720433000: PHQ-9 score (our UK release)") {
		t.Errorf("%v: %s", err, preview.String())
	}
	var none measure.Codes
	if d := none.On(bundled(t, "phq9")); len(d.Codes) != 1 {
		t.Errorf("without a file PHQ-9 has %v", d.Codes)
	}
}

// One code that a spreadsheet rounded refuses the file, by its line; so does
// everything else that is wrong, all at once.
func TestCodesRefused(t *testing.T) {
	const row = "snomed,718466001,swemwbs,swemwbs-raw,SWEMWBS score,our UK release\n"
	for name, c := range map[string]struct{ file, says string }{
		"rounded":             {codesHead + row + strings.Replace(row, "718466001", "1034351000000100", 1), "Line 3: “1034351000000100” is no SNOMED CT code: its check digit is wrong."},
		"as a spreadsheet":    {codesHead + strings.Replace(row, "718466001", "1.03435E+15", 1), "Line 2: “1.03435E+15” is no SNOMED CT code"},
		"LOINC":               {codesHead + "loinc,44261-7,phq9,phq9,m,s\n", "Line 2: “44261-7” is no LOINC code"},
		"a terminology":       {codesHead + strings.Replace(row, "snomed", "read2", 1), "“read2” is no terminology"},
		"no such measure":     {codesHead + strings.Replace(row, "swemwbs,", "swemwb,", 1), "no measure “swemwb”"},
		"no such score":       {codesHead + strings.Replace(row, "swemwbs-raw", "swemwbs", 1), "SWEMWBS has no score “swemwbs”"},
		"no source":           {codesHead + strings.Replace(row, "our UK release", " ", 1), "where it was read"},
		"no meaning":          {codesHead + strings.Replace(row, "SWEMWBS score", "", 1), "what the code means"},
		"twice":               {codesHead + row + row, "Line 3: this code is there already"},
		"a cell too few":      {codesHead + "snomed,718466001\n", "Line 2: this row has 2 cells where the first row has 6"},
		"a wrong column":      {strings.Replace(codesHead, "means", "colour", 1) + row, "nothing reads the column “colour”"},
		"a column missing":    {strings.Replace(codesHead, ",means", "", 1), "the column “means” is missing"},
		"a column twice":      {"system," + codesHead, "“system” is there twice"},
		"an open quotation":   {codesHead + row + "snomed,\"718466001,swemwbs\n", "Line 3: the quotation marks"},
		"nothing in the file": {"", "Line 1: the columns system,code"},
	} {
		codes, err := measure.ReadCodes([]byte(c.file), library(t))
		if !fault.Is(err, fault.MeasureInvalid) || codes != nil && name == "an open quotation" {
			t.Errorf("%s: %v, %v", name, codes, err)
			continue
		}
		if all, _ := fault.All(err); !strings.Contains(fmt.Sprint(all), c.says) {
			t.Errorf("%s: %v, want “%s”", name, all, c.says)
		}
	}
	several := codesHead + "snomed,1,phq8,,,\n" + row + "snomed,2,phq9,,m,s\n"
	if _, err := measure.ReadCodes([]byte(several), library(t)); err == nil {
		t.Error("three mistakes pass")
	} else if all, _ := fault.All(err); len(all) != 4 {
		t.Errorf("%d things are said of four: %v", len(all), all)
	}
}
