package site_test

import (
	"net/http"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A preview tells what nobody sees in a file: dates that speak for another order,
// what a spreadsheet hides, schemes that would be made, and people who were referred
// and not measured.
func TestImportPreview(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		us := ann.send("/imports/new", form{}, "file", "Client ID,Date,Scheme,SWEMWBS raw\nU-1,02/06/2025,Garden,18\nU-2,04/13/2025,Garden,18\n").is(http.StatusOK).
			says("Dates are read as day-month-year: of the dates that are numbers alone, 1 can only be read month first, and 0 only day first")
		ann.get(us.at + "/questions").is(http.StatusOK).says("Read as day-month-year: of the dates that are numbers alone")
		ann.get(us.at+"/check").is(http.StatusOK).says("1 of 2 rows would be taken whole", "1 is no date as this file is read").silent("New schemes", "hidden row", "hidden sheet")
		ann.fill(us.at+"/questions", form{"dates": "month-day-year", "scheme": ""}).is(http.StatusOK).says("2 of 2 rows would be taken whole").silent("is no date as this file is read")

		f := excelize.NewFile()
		for i, row := range [][]any{{"Client ID", "Date", "Scheme", "SWEMWBS raw"}, {"H-1", "02/06/2025", "Garden", 18}, {"H-2", "02/06/2025", "Garden", 18}} {
			for _, sheet := range []string{"Sheet1", "Old"} {
				if i == 0 && sheet == "Old" {
					_, err := f.NewSheet(sheet)
					must(t, err)
				}
				at, err := excelize.CoordinatesToCellName(1, i+1)
				must(t, err)
				must(t, f.SetSheetRow(sheet, at, &row))
			}
		}
		must(t, f.SetSheetVisible("Old", false))
		must(t, f.SetRowVisible("Sheet1", 3, false))
		raw, err := f.WriteToBuffer()
		must(t, err)
		hidden := ann.send("/imports/new", form{}, "file", raw.String()).is(http.StatusOK)
		ann.get(hidden.at+"/check").is(http.StatusOK).says("2 of 2 rows would be taken whole", "1 hidden sheet is not read", "1 hidden row is read like the others")

		w.Archive()
		gil := w.signedIn("gil")
		referred := gil.send("/imports/new", form{}, "file", "Client ID,Referral date,Scheme,SWEMWBS raw,Date\nR-1,10/01/2025,Allotment,,\nR-2,11/01/2025,Allotment,,\n").is(http.StatusOK)
		gil.get(referred.at+"/check").is(http.StatusOK).says("2 of 2 rows would be taken whole", "2 rows say only that somebody was referred", "New schemes", "Allotment", "Bring in 2 referrals")
		gil.fill(referred.at+"/check", form{}).is(http.StatusOK).says("2 people are new here")
	})
}
