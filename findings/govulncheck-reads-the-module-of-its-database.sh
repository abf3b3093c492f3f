#!/usr/bin/env bash
# govulncheck: the module of its database serves in place of vuln.go.dev, but the scan then says that the database is of the year 1.
#
# Seen with golang.org/x/vuln v1.9.0, golang.org/x/vulndb v0.0.0-20261105234957-e22db6528018 and Go 1.26.8 on Linux.
#
# The source of the database is a module like any other, so a closed network with a module proxy has it, with a sum. Its folder data/osv is flat: it
# has no index/modules.json, which the documented form of a database (https://go.dev/doc/security/vuln/database) needs. govulncheck takes it all the
# same, as "-db file://…/data/osv", and finds what is to be found. But db_last_modified is the year 1, as the entries of the module have no other
# time, and no error or warning says so: who checks the age by it is misled. The time in the module's version is that of the database.
#
# Output:
#   entries: 4789, with an index: no, of another time than the year 1: 0
#   scanned, the database is of "0001-01-01T00:00:00Z", the module of 2026-11-05T23:49:57Z
#   GO-2021-0113 in golang.org/x/text v0.3.5
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS="-mod=mod -modcacherw" GOTOOLCHAIN=go1.26.8 GOWORK=off CGO_ENABLED=0
cat >go.mod <<'END'
module example.com/old

go 1.26.0

require golang.org/x/text v0.3.5
END
cat >main.go <<'END'
package main

import (
	"fmt"

	"golang.org/x/text/language"
)

func main() {
	tags, _, err := language.ParseAcceptLanguage("de")
	fmt.Println(tags, err)
}
END
version=v0.0.0-20261105234957-e22db6528018
go mod tidy 2>tidy.log || { cat tidy.log; exit 1; }
(cd / && go mod download -json "golang.org/x/vulndb@$version") >module.json
value() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$2" | head -n 1; }
database="$(value Dir module.json)/data/osv"
index=no
[ ! -f "$database/index/modules.json" ] || index=yes
entries=$(find "$database" -name '*.json' | wc -l)
year1=$(grep -rl '"modified": "0001-01-01T00:00:00Z"' "$database" | wc -l)
go run golang.org/x/vuln/cmd/govulncheck@v1.9.0 -db "file://$database" -format json . >found.json 2>scan.log || { cat scan.log; exit 1; }
time=$(sed 's/.*"Time":"\([^"]*\)".*/\1/' "$(value Info module.json)")
{
	echo "entries: $entries, with an index: $index, of another time than the year 1: $((entries - year1))"
	echo "scanned, the database is of \"$(value db_last_modified found.json)\", the module of $time"
	sed -n 's/.*"osv": "\(GO-2021-0113\)".*/\1 in golang.org\/x\/text v0.3.5/p' found.json | head -n 1
} >seen
cat seen
diff - seen <<'END'
entries: 4789, with an index: no, of another time than the year 1: 0
scanned, the database is of "0001-01-01T00:00:00Z", the module of 2026-11-05T23:49:57Z
GO-2021-0113 in golang.org/x/text v0.3.5
END
