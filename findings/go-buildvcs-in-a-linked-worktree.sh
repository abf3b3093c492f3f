#!/usr/bin/env bash
# go build: in a linked worktree of git, -buildvcs=true notes no revision, or that of another branch, and reports no error.
#
# Seen with Go 1.26.8 and git 2.39.5 of Debian 12, on Linux (amd64).
#
# "go help build" says that -buildvcs=true is there "to error out if version control information is available but cannot be included". A clone is
# stamped. A linked worktree ("git worktree add") is not, although git itself works there as in the clone: its .git is a file, and Go looks for a
# folder. Go looks on in the folders above. So a worktree inside the clone, as in .worktrees, is stamped with the revision that is checked out in the
# clone, in vcs.revision and in the module's version alike, whatever the worktree's branch has. Every build ends with 0.
#
# Output:
#   clone: built, vcs.revision is the clone's
#   linked worktree beside the clone: built, no vcs.revision
#   linked worktree inside the clone: built, vcs.revision is the clone's, the worktree has another
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS=-modcacherw GOTOOLCHAIN=go1.26.8 GOWORK=off CGO_ENABLED=0
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=one GIT_AUTHOR_EMAIL=one@example.com GIT_COMMITTER_NAME=one GIT_COMMITTER_EMAIL=one@example.com
mkdir clone
cd clone
git -c init.defaultBranch=main init -q
cat >go.mod <<'END'
module example.com/one

go 1.26
END
echo .worktrees >.gitignore
printf 'package main\n\nfunc main() {}\n' >main.go
git add .
git commit -qm first
git worktree add -q -b beside ../beside
git worktree add -q -b inside .worktrees/inside
for worktree in ../beside .worktrees/inside; do git -C "$worktree" commit -q --allow-empty -m second; done
clones=$(git rev-parse HEAD)

try() {
	cd "$2"
	go build -buildvcs=true -o "$folder/one" .
	stamped=$(go version -m "$folder/one" | sed -n 's/.*vcs\.revision=//p')
	own=$(git rev-parse HEAD)
	case "$stamped" in
	"") said="no vcs.revision" ;;
	"$clones") said="vcs.revision is the clone's" ;;
	*) said="vcs.revision is $stamped" ;;
	esac
	[ "$own" = "$clones" ] || [ "$stamped" != "$clones" ] || said="$said, the worktree has another"
	echo "$1: built, $said"
}
{
	try "clone" "$folder/clone"
	try "linked worktree beside the clone" "$folder/beside"
	try "linked worktree inside the clone" "$folder/clone/.worktrees/inside"
} >"$folder/seen"
cat "$folder/seen"
diff - "$folder/seen" <<'END'
clone: built, vcs.revision is the clone's
linked worktree beside the clone: built, no vcs.revision
linked worktree inside the clone: built, vcs.revision is the clone's, the worktree has another
END
