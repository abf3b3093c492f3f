#!/usr/bin/env bash
# go-i18n: one template function, and every sentence is parsed again each time it is said.
#
# Seen with github.com/nicksnyder/go-i18n/v2 v2.7.0 and Go 1.26 on Linux.
#
# A Localizer keeps the parsed template of a message: said three times, it is parsed once. With template functions, given as
# template.TextParser{Funcs: …}, the same message is parsed three times, although the functions never change and the message does not even
# call one. TextParser.Cacheable reports false as soon as Funcs is not nil, whatever is in it; nothing tells so but the time it takes. A
# parser of one's own that embeds TextParser and reports true is parsed once again.
#
# Output:
#   no functions: parsed 1 time(s), said "Page 6 of 7"
#   functions: parsed 3 time(s), said "Page 6 of 7"
#   functions, own Cacheable: parsed 1 time(s), said "Page 6 of 7"
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS="-mod=mod -modcacherw"
cat >main.go <<'END'
package main

import (
	"fmt"
	texttemplate "text/template"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"
)

// counting counts how often a text is parsed.
type counting struct {
	template.TextParser
	always bool
	parsed int
}

func (c *counting) Cacheable() bool { return c.always || c.TextParser.Cacheable() }

func (c *counting) Parse(src, left, right string) (template.ParsedTemplate, error) {
	c.parsed++
	return c.TextParser.Parse(src, left, right)
}

func say(name string, c *counting) {
	bundle := i18n.NewBundle(language.English)
	if err := bundle.AddMessages(language.English, &i18n.Message{ID: "place", Other: "Page {{.Page}} of {{.All}}"}); err != nil {
		panic(err)
	}
	localizer, said := i18n.NewLocalizer(bundle, "en"), ""
	for range 3 {
		said = localizer.MustLocalize(&i18n.LocalizeConfig{
			MessageID: "place", TemplateData: map[string]int{"Page": 6, "All": 7}, TemplateParser: c,
		})
	}
	fmt.Printf("%s: parsed %d time(s), said %q\n", name, c.parsed, said)
}

func main() {
	functions := template.TextParser{Funcs: texttemplate.FuncMap{"next": func(n int) int { return n + 1 }}}
	say("no functions", &counting{})
	say("functions", &counting{TextParser: functions})
	say("functions, own Cacheable", &counting{TextParser: functions, always: true})
}
END
cat >go.mod <<'END'
module finding

go 1.26
END
go get github.com/nicksnyder/go-i18n/v2@v2.7.0 golang.org/x/text@v0.44.0 >get.log 2>&1 || { cat get.log; exit 1; }
go run . >seen
cat seen
diff - seen <<'END'
no functions: parsed 1 time(s), said "Page 6 of 7"
functions: parsed 3 time(s), said "Page 6 of 7"
functions, own Cacheable: parsed 1 time(s), said "Page 6 of 7"
END
