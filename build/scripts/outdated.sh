#!/bin/sh
# Lists what is behind its newest version: everything in go.mod, and the tools of build/tools and build/packaging/tools themselves. It asks the
# Go module proxy for versions and nothing else. Known weaknesses are listed by govulncheck, which needs its own database on the network
# (https://vuln.go.dev); it is not run by any of our commands, since a closed network does not reach that. Where it can be reached:
# go run golang.org/x/vuln/cmd/govulncheck@latest ./...
. "$(dirname "$0")/common.sh"
# behind FILE MODULE…: those of the modules that are behind. They are named one by one: for "all", go list ends where the proxy lacks one
# that only the tests of some dependency need.
behind() {
	file=$1
	shift
	list=$(go list -modfile="$file" -m -u -e -f '{{with .Update}}  {{$.Path}} {{$.Version}} -> {{.Version}}{{if $.Indirect}} (indirect){{end}}{{end}}' "$@") ||
		fail "The newest versions of what $file needs could not be had."
	say "$file:"
	printf '%s\n' "${list:-  everything is at its newest version}"
}
# shellcheck disable=SC2046
behind go.mod $(go mod edit -json | sed -n 's/^[[:space:]]*"Path": "\(.*\..*\)",*$/\1/p' | sort -u)
for file in build/tools/go.mod build/packaging/tools/go.mod; do
	# shellcheck disable=SC2046
	behind "$file" $(go list -modfile="$file" -f '{{.Module.Path}}' tool)
done
