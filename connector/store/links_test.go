package store

import (
	"reflect"
	"strings"
	"testing"

	"partner-center-connector/auth/link"
	"partner-center-connector/connector"
)

// twoLinks are the links of another product as a draft or connector has them.
func twoLinks() *connector.Links {
	of := func(kind link.Kind) *connector.ProductLink {
		return &connector.ProductLink{
			Facts: link.Facts{Kind: kind, Cloud: "global", Host: "login.microsoftonline.com", Tenant: "common", ClientID: "c", Scopes: []string{"openid"}},
			Read:  noon, Reported: noon.Add(1),
		}
	}
	return &connector.Links{
		Product: "p", Name: "Product", Admin: of(link.Admin), User: of(link.User), Finished: noon.Add(2), Remind: connector.DayOf(noon.AddDate(0, 1, 0)),
		NotConfirmed: map[link.Kind]bool{link.User: true},
	}
}

// TestTwoLinksAreReadAsTheyWereWritten holds it of a connector, in its file and in the index, and of a draft.
func TestTwoLinksAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	c := fullConnector("c-1")
	c.Origin, c.Links = connector.OriginLink, twoLinks()
	d := connector.Draft{ID: "d-1", Created: noon, Step: connector.StepLinkUser, Name: "Contoso", Links: twoLinks()}
	if err := s.PutConnector(c); err != nil {
		t.Fatal(err)
	}
	if err := s.PutDraft(d); err != nil {
		t.Fatal(err)
	}
	other := beside(t, s)
	wantRows(t, other, c)
	if got, err := other.Connector("c-1"); err != nil || !reflect.DeepEqual(got.Links, c.Links) || got.Origin != connector.OriginLink {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := other.Drafts(); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], d) {
		t.Errorf("%+v, %v", got, err)
	}
	for name, part := range map[string]string{fileOf("c-1"): `"origin": "link"`, draftsFile: `"step": "user-link"`} {
		if text := readFile(t, s, name); !strings.Contains(text, part) {
			t.Errorf("%s has no %s:\n%s", name, part, text)
		}
	}
}

// TestListsWithoutLinksAreOfOurOwn checks that what was written before there were links is as it was, and that what a newer version keeps beside
// them is not lost.
func TestListsWithoutLinksAreOfOurOwn(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	writeFile(t, s, draftsFile, `{"format": 2, "drafts": [
  {"id": "d-1", "step": "user-consent", "redirectPath": ""},
  {"id": "d-2", "step": "admin-link", "redirectPath": "", "links": {"product": "p", "third": {"read": "now"}}, "orbit": 400}
]}`)
	drafts, err := s.Drafts()
	if err != nil || len(drafts) != 2 || drafts[0].Links != nil || drafts[0].Step != connector.StepUser || drafts[1].Step != connector.StepLinkAdmin {
		t.Fatalf("%+v, %v", drafts, err)
	}
	drafts[0].Name = "Contoso"
	if err := s.PutDraft(drafts[0]); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, s, draftsFile); !strings.Contains(text, `"third"`) || strings.Count(text, `"links"`) != 1 {
		t.Errorf("a change of its neighbour lost a part of it:\n%s", text)
	}
	drafts[1].Name = "Fabrikam"
	if err := s.PutDraft(drafts[1]); err != nil {
		t.Fatal(err)
	}
	if text := readFile(t, s, draftsFile); !strings.Contains(text, `"orbit": 400`) {
		t.Errorf("its own change lost what stood beside the links:\n%s", text)
	}
}

// TestLinksThatSomebodyChangedByHandAreBounded holds it of the file and of the index alike.
func TestLinksThatSomebodyChangedByHandAreBounded(t *testing.T) {
	t.Parallel()
	s := openStore(t)
	c := fullConnector("c-1")
	c.Origin, c.Links = connector.OriginLink, twoLinks()
	if err := s.PutConnector(c); err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(readFile(t, s, fileOf("c-1")), `"name": "Product"`, `"name": "Pro\u001bduct\u0000"`, 1)
	text = strings.Replace(text, `"host": "login.microsoftonline.com"`, `"host": "`+strings.Repeat("x", 5000)+`"`, 1)
	writeFile(t, s, fileOf("c-1"), text)
	for range 2 { // from the file, then from the index that was made of it
		all, err := s.Connectors()
		if err != nil || len(all) != 1 || all[0].Links.Name != "Product" || len([]rune(all[0].Links.Admin.Host)) != 300 {
			t.Errorf("%+v, %v", all, err)
		}
	}
}
