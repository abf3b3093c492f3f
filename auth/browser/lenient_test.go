package browser

import "testing"

// TestFilesOfPoliciesAsChromiumReadsThem has what Chromium 156 made of each on Debian: whether it opened an ordinary window where a
// private one was asked for.
func TestFilesOfPoliciesAsChromiumReadsThem(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		obeyed bool
	}{
		"plain":                      {`{"IncognitoModeAvailability":1}`, true},
		"comments":                   {"// c\n{ /* d */ \"IncognitoModeAvailability\": /**/ 1 // e\n}\n/* end */", true},
		"a comment at the very end":  {`{"IncognitoModeAvailability":1}// e`, true},
		"a comment after a comma":    {"{\"IncognitoModeAvailability\":1, // e\n/* f */ }", true},
		"a comma at the end":         {`{"IncognitoModeAvailability":1,}`, true},
		"commas within":              {`{"a":"// no /* no", "b":[1,2, ],"c":{"d":1,},"IncognitoModeAvailability":1}`, true},
		"a byte order mark":          {"\ufeff{\"IncognitoModeAvailability\":1}", true},
		"a line end in a text":       {"{\"HomepageLocation\":\"a\nb\",\"IncognitoModeAvailability\":1}", true},
		"a carriage return in one":   {"{\"HomepageLocation\":\"a\rb\",\"IncognitoModeAvailability\":1}", true},
		"two hexadecimal digits":     {`{"HomepageLocation":"a\x41b","IncognitoModeAvailability":1}`, true},
		"a name in such":             {`{"\x49ncognitoModeAvailability":1}`, true},
		"an escaped quotation mark":  {`{"HomepageLocation":"a\",}// ","IncognitoModeAvailability":1}`, true},
		"an escaped backslash":       {`{"HomepageLocation":"a\\","IncognitoModeAvailability":1,}`, true},
		"a zero character":           {`{"HomepageLocation":"a\u0000b","IncognitoModeAvailability":1}`, true},
		"the last of two":            {`{"IncognitoModeAvailability":0,"IncognitoModeAvailability":1}`, true},
		"the older name":             {`{"IncognitoEnabled":false}`, true},
		"deep":                       {`{"a":[[[[[[[[1]]]]]]]],"IncognitoModeAvailability":1}`, true},
		"both names":                 {`{"IncognitoEnabled":false,"IncognitoModeAvailability":0}`, false},
		"the first of two":           {`{"IncognitoModeAvailability":1,"IncognitoModeAvailability":0}`, false},
		"a tab in a text":            {"{\"HomepageLocation\":\"a\tb\",\"IncognitoModeAvailability\":1}", false},
		"a vertical tab in one":      {"{\"HomepageLocation\":\"a\vb\",\"IncognitoModeAvailability\":1}", false},
		"an escape that is none":     {`{"HomepageLocation":"a\vb","IncognitoModeAvailability":1}`, false},
		"an apostrophe escaped":      {`{"HomepageLocation":"a\'b","IncognitoModeAvailability":1}`, false},
		"not two hexadecimal digits": {`{"HomepageLocation":"a\x4","IncognitoModeAvailability":1}`, false},
		"two commas":                 {`{"IncognitoModeAvailability":1,,}`, false},
		"a comma alone":              {`{,}`, false},
		"a comma before":             {`{,"IncognitoModeAvailability":1}`, false},
		"something after it":         {`{"IncognitoModeAvailability":1} x`, false},
		"a comment without an end":   {`{"IncognitoModeAvailability":1} /* open`, false},
		"a comment to the end":       {"// a\r{\"IncognitoModeAvailability\":1}", false},
		"a text without an end":      {`{"IncognitoModeAvailability":1,"a":"`, false},
		"a form feed":                {"\f{\"IncognitoModeAvailability\":1}", false},
		"a fraction":                 {`{"IncognitoModeAvailability":1.0}`, false},
		"an exponent":                {`{"IncognitoModeAvailability":1e0}`, false},
		"a leading zero":             {`{"IncognitoModeAvailability":01}`, false},
		"a truth":                    {`{"IncognitoModeAvailability":true}`, false},
		"a text":                     {`{"IncognitoModeAvailability":"1"}`, false},
		"a number for a truth":       {`{"IncognitoEnabled":0}`, false},
		"a value that there is not":  {`{"IncognitoModeAvailability":3}`, false},
		"another case":               {`{"incognitomodeavailability":1}`, false},
		"apostrophes":                {`{'IncognitoModeAvailability':1}`, false},
		"a list":                     {`[{"IncognitoModeAvailability":1}]`, false},
		"UTF-16":                     {"\xff\xfe{\x00}\x00", false},
		"nothing":                    {``, false},
	} {
		s, err := chromiumPolicies([]byte(c.text))
		if err != nil {
			s = nil
		}
		if got := s.policy(Browser{Family: Chromium}); (got == PolicyForbidsPrivate) != c.obeyed {
			t.Errorf("%s: %s (%v)", name, got, err)
		}
	}
}

// TestFilesOfPoliciesAsFirefoxReadsThem has what Firefox ESR 153 made of each: whether it opened an ordinary window.
func TestFilesOfPoliciesAsFirefoxReadsThem(t *testing.T) {
	preferences := func(text string) string {
		return `{"policies":{"Preferences":{"browser.privatebrowsing.autostart":` + text + `}}}`
	}
	for name, c := range map[string]struct {
		text   string
		obeyed bool
	}{
		"plain":                 {`{"policies":{"PrivateBrowsingModeAvailability":1}}`, true},
		"the older name":        {`{"policies":{"DisablePrivateBrowsing":true}}`, true},
		"as a number":           {`{"policies":{"DisablePrivateBrowsing":1}}`, true},
		"a locked preference":   {preferences(`{"Value":false,"Status":"locked"}`), true},
		"as a number, too":      {preferences(`{"Value":0,"Status":"locked"}`), true},
		"one of the person":     {preferences(`{"Value":false,"Status":"user"}`), true},
		"one taken away":        {preferences(`{"Status":"clear"}`), true},
		"one in the older form": {preferences(`false`), true},
		"as registries have it": {`{"policies":{"Preferences":"{\"browser.privatebrowsing.autostart\":{\"Value\":false,\"Status\":\"locked\"}}"}}`, true},
		"both names":            {`{"policies":{"DisablePrivateBrowsing":true,"PrivateBrowsingModeAvailability":0}}`, true},
		"a default":             {preferences(`{"Value":false,"Status":"default"}`), false},
		"without a status":      {preferences(`{"Value":false}`), false},
		"locked, but private":   {preferences(`{"Value":true,"Status":"locked"}`), false},
		"not JSON in it":        {`{"policies":{"Preferences":"{"}}`, false},
		"a comma at the end":    {`{"policies":{"PrivateBrowsingModeAvailability":1,}}`, false},
		"a comment":             {"// x\n{\"policies\":{\"PrivateBrowsingModeAvailability\":1}}", false},
		"a byte order mark":     {"\ufeff{\"policies\":{\"PrivateBrowsingModeAvailability\":1}}", false},
		"no policies":           {`{"PrivateBrowsingModeAvailability":1}`, false},
	} {
		s, err := firefoxPolicies([]byte(c.text))
		if err != nil {
			s = nil
		}
		if got := s.policy(Browser{Family: Firefox}); (got == PolicyForbidsPrivate) != c.obeyed {
			t.Errorf("%s: %s (%v)", name, got, err)
		}
	}
}
