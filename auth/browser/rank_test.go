package browser

import (
	"slices"
	"strings"
	"testing"
)

func ids(all []Browser) string {
	var names []string
	for _, b := range all {
		names = append(names, b.ID)
	}
	return strings.Join(names, " ")
}

// some makes browsers of words such as "chrome", "firefox*" (the default one), "edge!" (private and guest windows forbidden),
// "other:epiphany" (not known).
func some(words string) []Browser {
	var all []Browser
	for _, w := range strings.Fields(words) {
		b := Browser{Packaging: Native, Family: Other, Policy: PolicyUnknown}
		b.Default = strings.Contains(w, "*")
		if strings.Contains(w, "!") {
			b.Policy = PolicyForbidsBoth
		}
		w = strings.Trim(w, "*!")
		b.ID = strings.TrimPrefix(w, "other:")
		if p, ok := byID(w); ok {
			b.Family = p.family
		}
		all = append(all, b)
	}
	return all
}

func TestRecommend(t *testing.T) {
	for words, want := range map[string]string{
		"firefox vivaldi chromium brave edge chrome": "chrome edge brave chromium vivaldi firefox",
		"firefox* chrome edge":                       "firefox chrome edge",
		"other:epiphany* firefox opera":              "opera firefox epiphany",
		"safari* firefox":                            "firefox safari",
		"other:falkon other:epiphany* safari":        "epiphany safari falkon",
		"chrome*! firefox":                           "firefox chrome",
		"chrome! edge*!":                             "edge chrome",
		"librewolf firefox-esr chrome-beta":          "chrome-beta firefox-esr librewolf",
		"":                                           "",
	} {
		if got := ids(recommend(some(words))); got != want {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
}

func TestUnique(t *testing.T) {
	flatpak := Browser{ID: "firefox", Family: Firefox, Packaging: Flatpak, Name: "flatpak"}
	snap := Browser{ID: "firefox", Family: Firefox, Packaging: Snap, Name: "snap"}
	first := Browser{ID: "firefox", Family: Firefox, Packaging: Native, Name: "first"}
	second := Browser{ID: "firefox", Family: Firefox, Packaging: Native, Name: "second"}
	standard := second
	standard.Default = true
	for _, c := range []struct {
		found       []Browser
		ids, single string
	}{
		{[]Browser{first, second}, "firefox", "first"},
		{[]Browser{first, standard}, "firefox", "second"},
		{[]Browser{flatpak}, "firefox", "flatpak"},
		{[]Browser{flatpak, flatpak, first, snap}, "firefox firefox-snap firefox-flatpak", "first"},
	} {
		got := unique(slices.Clone(c.found))
		if ids(got) != c.ids || got[0].Name != c.single {
			t.Errorf("got %+v", got)
		}
	}
	if rank("firefox-flatpak") != rank("firefox") || rank("nobody") != len(products) {
		t.Error("wrong ranks")
	}
}

func TestProductsAreSound(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range products {
		if p.id == "" || p.name == "" || p.family == "" || seen[p.id] {
			t.Errorf("bad entry %+v", p)
		}
		seen[p.id] = true
		if got, ok := byID(p.id); !ok || got.name != p.name {
			t.Errorf("%s is not found by its ID", p.id)
		}
		if (p.app == "") != (p.inner == "") {
			t.Errorf("%s: half a place on macOS", p.id)
		}
	}
}

func TestOpenable(t *testing.T) {
	for _, good := range []string{
		"http://localhost:1/", "http://localhost:65535/start/abc?x=1&y=2", "https://partner.microsoft.com/a%20b?c=d#e", "https://x.y:8443/",
		"https://login.microsoftonline.com/t/v2.0/adminconsent?scope=a/.default&redirect_uri=http://localhost/consent",
	} {
		if !openable(good) {
			t.Errorf("%s is refused", good)
		}
	}
	for _, bad := range []string{
		"", "localhost:80", "http://localhost/", "http://localhost:/", "http://localhost:0/", "http://localhost:70000/", "http://127.0.0.1:80/",
		"http://localhost.evil:80/", "http://example.org/", "https:///x", "https:x", "file:///etc/passwd", "javascript:alert(1)",
		"http://user@localhost:80/", "https://a:b@c/", "--incognito", "https://a/ b", "https://a/\x00", "https://a/\"&calc", "https://a/`x`",
		"https://a/<b>", "https://a/ü", "ms-settings:x", `https:\\a`,
	} {
		if openable(bad) {
			t.Errorf("%q is accepted", bad)
		}
	}
}
