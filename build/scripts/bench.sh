#!/bin/sh
# Measures the programs beside baselines, which it builds: bench/README.md says what and how. ROWS="token start" measures these rows alone, PAIRS=20
# takes twenty pairs instead of ten, BEFORE=COMMIT compares with another build. Takes about half an hour, and builds before that. Needs what the end-to-end tests
# need, and secret-tool. As root it goes on as a throw-away user.
. "$(dirname "$0")/common.sh"
. build/scripts/session.sh

rows=${1-${ROWS:-}}
pairs=${2-${PAIRS:-10}}
before=${3-${BEFORE:-dc3a0c8}}
repository() { git -c safe.directory="$ROOT" "$@"; }
if [ $# -lt 4 ]; then
	commit=$(repository rev-parse --short HEAD 2>/dev/null || true)
	repository diff --quiet HEAD 2>/dev/null || commit="$commit, changed"
else
	commit=$4
fi

# bring_along FOLDER: the build before, where the clone has its commit.
bring_along() {
	rm -rf "$1/.cache/before"
	repository cat-file -e "$before^{commit}" 2>/dev/null || { say "The clone has no commit $before: nothing is compared with it."; return 0; }
	mkdir -p "$1/.cache/before"
	repository archive "$before" | tar -xf - -C "$1/.cache/before"
}

take_back() {
	[ -f "$1/bench/results.json" ] || return 0
	cp "$1/bench/results.json" bench/results.json
	write_documents
}

# write_documents: the tables and the plot of the documents, from bench/results.json.
write_documents() { CGO_ENABLED=0 go run ./bench/documents; }

# hello FILE: a program of Go that prints a line, and with it whatever modules pcc links.
hello() {
	printf 'package main\n\nimport (\n\t"os"\n\n' >"$1"
	go list -deps -tags "$PCC_TAGS" -f '{{if and .Module (not .Module.Main)}}{{.ImportPath}}{{end}}' ./cmd/pcc | grep -v -e /internal/ -e '/internal$' |
		sed 's/.*/\t_ "&"/' >>"$1"
	printf ')\n\nfunc main() { _, _ = os.Stdout.WriteString("hello\\n") }\n' >>"$1"
}

build_baselines() {
	say "Baselines:"
	mkdir -p .cache/hello bin/shipped
	(export CGO_ENABLED=0; hello .cache/hello/linked.go)
	printf 'package main\n\nimport "os"\n\nfunc main() { _, _ = os.Stdout.WriteString("hello\\n") }\n' >.cache/hello/plain.go
	build_terminal hello-linked .cache/hello/linked.go
	build_terminal hello .cache/hello/plain.go
	for program in bareloop barelist; do
		CGO_ENABLED=0 go build -trimpath -tags e2e -o "bin/$program" "./bench/$program"
	done
	CGO_ENABLED=0 go build -trimpath -tags e2e -o bin/bench ./bench
	CGO_ENABLED=1 go build -trimpath -tags "e2e $WINDOW_TAGS migrated_fynedo" -o bin/barewindow ./test/e2e/barewindow
	if [ -d .cache/before ]; then
		say "The build before:"
		limited 1800 sh .cache/before/build/scripts/build.sh
	fi
}

# shipped: the programs as the packages have them, and a bare Fyne window with the same flags.
build_shipped() {
	say "The programs as they are shipped:"
	(
		. build/scripts/dist-common.sh
		build_linux "$ROOT/bin/shipped" amd64
		linux_window "$ROOT/bin/shipped/hello" build/packaging/testdata/hello.go amd64
	)
}

need $BUILD_PACKAGES $SESSION_PACKAGES $BROWSER_PACKAGES libsecret-tools
become_user build/scripts/bench.sh "$rows" "$pairs" "$before" "$commit"
[ -n "${PCC_FOR:-}" ] || bring_along "$ROOT"
limited 1800 sh build/scripts/build.sh
use_quick_cgo
build_baselines
case " $rows " in "  " | *" size "*) build_shipped ;; esac
in_session timeout -k 20 7200 bin/bench -root "$ROOT" -bin "$ROOT/bin" -before "$ROOT/.cache/before/bin" -commit "$commit" \
	-rows "$rows" -pairs "$pairs"
[ -n "${PCC_FOR:-}" ] || write_documents
