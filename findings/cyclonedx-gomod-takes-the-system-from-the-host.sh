#!/usr/bin/env bash
# cyclonedx-gomod bin: a program for Windows is listed as one for Linux, and -std adds a standard library that nothing depends on.
#
# Seen with github.com/CycloneDX/cyclonedx-gomod v1.10.0 and Go 1.26.8 on Linux (amd64).
#
# The program says for which system it was built, and the list has that in its properties: cdx:gomod:build:env:GOOS is windows. The package URLs of
# the program and of every module have goos and goarch of the machine that makes the list instead, so the list contradicts itself, without a
# warning. GOOS and GOARCH, set for cyclonedx-gomod, change the package URLs. Its help says that -std includes the standard library "as component
# and dependency of the module". In the list of a binary it is a component, but no other has it in dependsOn; "mod" of the same module has it there.
#
# Output:
#   bin: properties windows/arm64, purls linux/amd64, std is a component, dependsOn: golang.org/x/text
#   bin with GOOS and GOARCH: properties windows/arm64, purls windows/arm64, std is a component, dependsOn: golang.org/x/text
#   mod: std is a component, dependsOn: golang.org/x/text std
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
unset GOOS GOARCH
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS="-mod=mod -modcacherw -buildvcs=false" GOTOOLCHAIN=go1.26.8 GOWORK=off CGO_ENABLED=0
mkdir one read
cat >one/go.mod <<'END'
module example.com/one

go 1.26.0

require golang.org/x/text v0.44.0
END
cat >one/main.go <<'END'
package main

import "golang.org/x/text/language"

func main() { println(language.German.String()) }
END
cat >read/main.go <<'END'
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
)

type component struct {
	Name, PURL string
	Ref        string `json:"bom-ref"`
}

func main() {
	var bom struct {
		Metadata struct {
			Component  component
			Properties []struct{ Name, Value string }
		}
		Components   []component
		Dependencies []struct {
			Ref       string
			DependsOn []string
		}
	}
	if err := json.NewDecoder(os.Stdin).Decode(&bom); err != nil {
		panic(err)
	}
	names, systems, std := map[string]string{}, map[string]bool{}, "no component"
	for _, c := range append(bom.Components, bom.Metadata.Component) {
		names[c.Ref] = c.Name
		if c.Name == "std" {
			std = "a component"
		}
		purl, err := url.Parse(c.PURL)
		if err != nil {
			panic(err)
		}
		systems[purl.Query().Get("goos")+"/"+purl.Query().Get("goarch")] = true
	}
	built := map[string]string{}
	for _, p := range bom.Metadata.Properties {
		built[strings.TrimPrefix(p.Name, "cdx:gomod:build:env:")] = p.Value
	}
	if os.Args[1] != "mod" {
		fmt.Printf("properties %s/%s, purls %s, ", built["GOOS"], built["GOARCH"], strings.Join(slices.Sorted(maps.Keys(systems)), " "))
	}
	var needed []string
	for _, d := range bom.Dependencies {
		for _, ref := range d.DependsOn {
			needed = append(needed, names[ref])
		}
	}
	slices.Sort(needed)
	fmt.Printf("std is %s, dependsOn: %s\n", std, strings.Join(needed, " "))
}
END
GOBIN="$folder" go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0 2>install.log || { cat install.log; exit 1; }
go build -o reader read/main.go
cd one
go mod tidy 2>tidy.log || { cat tidy.log; exit 1; }
GOOS=windows GOARCH=arm64 go build -o ../one.exe .
list() { "$folder/cyclonedx-gomod" "$@" 2>"$folder/list.log" || { cat "$folder/list.log" >&2; exit 1; }; }
{
	printf 'bin: '
	list bin -std -json ../one.exe | ../reader bin
	printf 'bin with GOOS and GOARCH: '
	(export GOOS=windows GOARCH=arm64; list bin -std -json ../one.exe) | ../reader bin
	printf 'mod: '
	list mod -std -json . | ../reader mod
} >"$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'END'
bin: properties windows/arm64, purls linux/amd64, std is a component, dependsOn: golang.org/x/text
bin with GOOS and GOARCH: properties windows/arm64, purls windows/arm64, std is a component, dependsOn: golang.org/x/text
mod: std is a component, dependsOn: golang.org/x/text std
END
