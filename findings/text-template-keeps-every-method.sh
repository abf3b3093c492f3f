#!/bin/sh
# text/template: one template, and the linker keeps every exported method of every type.
#
# Seen with Go 1.26 on Linux.
#
# The linker leaves out methods that nothing calls, as long as no reachable code looks one up by a name that is not a constant.
# text/template does, since {{.Name}} may be a method; html/template and every library that fills templates bring it along. One template of one
# word makes this program, which asks a web server for a page, a good tenth larger; a program with more types loses more. -dumpdep shows who it is.
#
# Output:
#   without a template: nothing is looked up by name
#   with a template: text/template.(*state).evalField
#   with a template it is more than a tenth larger: true
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
export CGO_ENABLED=0
cat >go.mod <<'END'
module finding

go 1.26
END
mkdir with without
cat >without/main.go <<'END'
package main

import (
	"fmt"
	"net/http"
	"os"
)

func main() {
	answer, err := http.Get(os.Args[1])
	fmt.Println(answer, err)
}
END
cat >with/main.go <<'END'
package main

import (
	"fmt"
	"net/http"
	"os"
	"text/template"
)

func main() {
	answer, err := http.Get(os.Args[1])
	fmt.Println(answer, err)
	_ = template.Must(template.New("").Parse("{{.}}")).Execute(os.Stdout, "word")
}
END
looks_up() {
	go build -trimpath -ldflags "-s -w -dumpdep" -o "$1/program" "./$1" 2>"$1/dependencies"
	sed -n 's/^\(.*\) <ReflectMethod> -> .*/\1/p' "$1/dependencies" | grep -v '^reflect\.' | sort -u
}
size() { wc -c <"$1/program"; }
{
	printf 'without a template: %s\n' "$(looks_up without | grep . || echo nothing is looked up by name)"
	printf 'with a template: %s\n' "$(looks_up with)"
	larger=false
	[ $(($(size with) * 10)) -lt $(($(size without) * 11)) ] || larger=true
	echo "with a template it is more than a tenth larger: $larger"
} >seen
cat seen
diff - seen <<'END'
without a template: nothing is looked up by name
with a template: text/template.(*state).evalField
with a template it is more than a tenth larger: true
END
