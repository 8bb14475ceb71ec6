package site

import (
	"bytes"
	"fmt"
	"html/template"
	"sync"

	"github.com/gin-gonic/gin"

	"cairn/internal/evidence"
	"cairn/web"
)

// A page is the typed data of one template; folder is where under web/pages the
// template lies.
type page interface{ folder() string }

// every lists one of each page, for parsing and for the check that each fits
// its template.
func every() []page {
	return []page{
		signInPage{}, setUpPage{}, problemPage{},
		schemesPage{}, newSchemePage{}, schemePage{}, evidencePage{}, comparePage{}, otPage{}, equityPage{}, comparatorPage{}, newComparatorPage{}, waitAllocationPage{}, valuePage{}, costsPage{}, costPage{},
		activitiesPage{}, activityPage{}, measuresPage{}, measurePage{}, newMeasurePage{}, measurePreviewPage{}, wordsPage{},
		caseloadPage{}, supervisionPage{}, qualityPage{}, exportsPage{}, notDonePage{}, handOverPage{}, coverPage{},
		newReferralPage{}, referralPage{}, personPage{}, newPrescriptionPage{}, newAssessmentPage{},
		referralChangePage{}, profilePage{},
		newContactPage{}, contactPage{},
		safetyPage{}, alertPage{}, importPage{}, protocolPage{},
		prescriptionPage{}, registersPage{}, registerPage{},
		paperPage{}, assessmentPage{}, correctionPage{}, withdrawalPage{},
		carePage{}, factsPage{}, permissionsPage{}, peoplePage{},
		mergePage{}, mergeCheckPage{}, duplicatesPage{}, movePage{},
		importsPage{}, newImportPage{}, importColumnsPage{}, importColumnPage{}, importQuestionsPage{}, importWordsPage{}, importCheckPage{}, importProgressPage{}, importDonePage{},
		projectsPage{}, newProjectPage{}, projectPage{}, projectCheckPage{}, projectTakePage{},
		releasesPage{}, releasePage{}, thresholdPage{}, publishedPage{}, noReleasePage{}, onePage{}, grantedPage{}, grantedComparePage{},
	}
}

// words are the functions that templates write numbers with.
func words() template.FuncMap {
	return template.FuncMap{
		"people":  evidence.People,
		"percent": evidence.Percent,
		"share":   evidence.Share,
	}
}

// shelf is every page, read once however many sites a program has: what is in the
// program cannot change while it runs.
var shelf = sync.OnceValues(func() (map[string]*template.Template, error) { return pagesOf(web.Files) })

// render writes a page whole or not at all: a template that fails half way is
// an accident and not half an answer. Where it shows people, the audit knows of it
// first.
func (s *Site) render(c *gin.Context, status int, p page) error {
	var out bytes.Buffer
	if err := s.pages[p.folder()].Execute(&out, p); err != nil {
		return fmt.Errorf("render %s: %w", p.folder(), err)
	}
	if _, says := p.(problemPage); !says {
		if err := s.server.Opened(c.Request.Context()); err != nil {
			return err
		}
	}
	c.Data(status, "text/html; charset=utf-8", out.Bytes())
	return nil
}
