#!/bin/sh
# Tests what dist/ says of itself: the commit in the programs, the SBOMs by CycloneDX's own schema and against the programs, the provenance by
# in-toto's own code and against everything in dist/, and the signature of the sums with a key that is thrown away. Called by test-dist.sh.
. "$(dirname "$0")/dist-common.sh"
. build/scripts/session.sh
need jq minisign
T=$(mktemp -d /tmp/pcc-dist.XXXXXX)
trap 'remove "$T"' EXIT
trap 'exit 130' INT TERM
TIME=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)

passed() { say "  passed: $*"; }
# refused TEXT COMMAND…: it fails, and its reason has the text.
refused() {
	text=$1
	shift
	! "$@" >"$T/said" 2>&1 || fail "It should have been refused: $*"
	grep -qF -- "$text" "$T/said" || fail "Refused for another reason than \"$text\": $(cat "$T/said")"
}

# tools builds the one that checks.
tools() {
	go -C build/packaging/sbom build -o "$T/check" ./check
	SCHEMAS=$(go -C build/packaging/sbom list -m -f '{{.Dir}}' github.com/CycloneDX/cyclonedx-go)/schema
}

# commit: the programs of dist/ and those of make build note the same commit as this tree has, and say so if it is changed.
commit() {
	say "The commit:"
	[ -n "$COMMIT" ] || fail "This tree has no commit to compare with: test in a clone, or set DIST_COMMIT."
	for program in dist/programs/linux-amd64/pcc bin/pcc; do
		[ -f "$program" ] || continue
		said=$("$program" version --json | jq -r '"\(.commit) \(.modified) \(.flags | length > 3)"')
		[ "$said" = "$COMMIT ${MODIFIED:-null} true" ] || fail "$program says \"$said\", not \"$COMMIT ${MODIFIED:-null} true\": build it again."
		"$program" version --modules | grep -q "^Commit $COMMIT" || fail "$program version --modules does not name the commit"
	done
	for program in dist/programs/*-*/*; do
		grep -q -a -F "$COMMIT" "$program" || fail "$program does not note the commit $COMMIT"
	done
	passed "noted in every program"
	notes
}

# notes: what note_commit makes of trees with and without .git, here in small.
notes() {
	tree="$T/tree"
	mkdir -p "$tree/build/scripts"
	cp build/scripts/common.sh "$tree/build/scripts/"
	printf '. "$(dirname "$0")/common.sh"\nnote_commit\necho "$VCS $COMMIT $MODIFIED $NOTE"\n' >"$tree/build/scripts/note.sh"
	unset DIST_COMMIT
	noted() { sh "$1/build/scripts/note.sh" 2>/dev/null; }
	some=0123456789abcdef0123456789abcdef01234567
	[ "$(noted "$tree")" = "-buildvcs=false   " ] || fail "Without .git: $(noted "$tree")"
	[ "$(DIST_COMMIT=$some noted "$tree")" = "-buildvcs=false $some  -X=partner-center-connector/connector/engine.note=$some,," ] || fail "With DIST_COMMIT: $(DIST_COMMIT=$some noted "$tree")"
	refused "not the full name of a commit" env DIST_COMMIT=0123 sh "$tree/build/scripts/note.sh"
	git init -q "$tree"
	export GIT_CONFIG_COUNT=0
	git -C "$tree" add -A
	git -C "$tree" -c user.name=test -c user.email=test@example.com commit -q -m test
	head=$(git -C "$tree" rev-parse HEAD)
	[ "$(noted "$tree")" = "-buildvcs=true $head false " ] || fail "In a clone: $(noted "$tree")"
	refused "DIST_COMMIT is $some, but this tree is at $head" env DIST_COMMIT=$some sh "$tree/build/scripts/note.sh"
	[ "$(GIT_DIR="$ROOT/.git" noted "$tree")" = "-buildvcs=true $head false " ] || fail "In a hook: $(GIT_DIR="$ROOT/.git" noted "$tree")"
	mkdir "$tree/inner"
	cp -r "$tree/build" "$tree/inner/"
	[ "$(noted "$tree/inner")" = "-buildvcs=false   " ] || fail "A tree inside of a repository: $(noted "$tree/inner")"
	[ "$(noted "$tree")" = "-buildvcs=true $head true " ] || fail "In a changed clone: $(noted "$tree")"
	rm -r "$tree/inner"
	git -C "$tree" worktree add -q "$T/linked" HEAD
	case "$(noted "$T/linked")" in "-buildvcs=false $head false -X=partner-center-connector/connector/engine.note=$head,false,20"*Z) ;; *) fail "In a linked worktree: $(noted "$T/linked")" ;; esac
	passed "clones, changed clones, linked worktrees, and trees without .git or in other repositories"
}

check_sbom() { "$T/check" sbom "$SCHEMAS" "$VERSION" "$TIME" "$COMMIT" "$1" "$2"; }

sboms() {
	say "The SBOMs:"
	[ "$(find dist -maxdepth 1 -name '*.cdx.json' | wc -l)" = "$(find dist/programs -path '*-*/*' -type f | wc -l)" ] || fail "Not one SBOM for each program: $(ls dist/*.cdx.json)"
	for program in dist/programs/*-*/*; do
		check_sbom "dist/$(basename "$program" .exe)-$VERSION-$(basename "$(dirname "$program")").cdx.json" "$program" >&2
	done
	passed "by the schema, and each has the modules of its program, no more and no less"
	good="dist/$NAME-$VERSION-windows-amd64.cdx.json"
	program="dist/programs/windows-amd64/$NAME.exe"
	# changed TEXT FILTER: an SBOM with a change is refused.
	changed() {
		jq "$2" "$good" >"$T/changed.json"
		refused "$1" check_sbom "$T/changed.json" "$program"
	}
	changed "is in the program, not in the SBOM" 'del(.components[3])'
	changed "is in the SBOM, not in the program, or twice" '.components += [.components[3] | .["bom-ref"] = "x"]'
	changed "has no license" 'del(.components[0].licenses)'
	changed "has the sum" '.components[0].hashes[0].content |= ("0" * 64)'
	changed "is in the SBOM, not in the program" '.components[0].version = "v9.9.9"'
	changed "the program's SHA-256" '.metadata.component.hashes[0].content |= ("0" * 64)'
	changed "the commit is" '.metadata.properties |= map(select(.name != "cdx:gomod:build:vcs:revision"))'
	changed "the program has noted another version" '(.components[] | select(.name == "glfw") | .version) = "3.3.0"'
	changed "what the C compiler added is missing" '.components |= map(select(.purl | startswith("pkg:deb/") | not))'
	changed "does not depend on" '(.dependencies[].dependsOn) |= []'
	changed "additional properties 'nonsense' not allowed" '.components[0].nonsense = 1'
	changed "the serial number" '.serialNumber = "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79"'
	refused "does not fit" check_sbom "$good" dist/programs/windows-amd64/pcc.exe
	passed "an SBOM with any change is refused, and that of another program"
	mkdir "$T/again"
	DIST_OUT="$T/again" sh build/scripts/dist-sbom.sh
	for file in dist/*.cdx.json; do cmp "$file" "$T/again/${file#dist/}"; done
	passed "made again, they are the same"
}

check_provenance() { "$T/check" provenance "$1" "$COMMIT" go.sum build/packaging/tools/go.sum build/packaging/sbom/go.sum; }

provenance() {
	say "The provenance:"
	check_provenance dist >&2
	passed "by in-toto's code; every file with its sum, every module with that of go.sum"
	release="$T/release"
	mkdir "$release"
	find "$ROOT/dist" -maxdepth 1 -type f ! -name provenance.json -exec ln -s {} "$release/" \;
	# Files that are links are not in a release, so they are copied, and the large programs are not.
	find "$release" -type l -exec sh -c 'for file; do cp --remove-destination "$(readlink "$file")" "$file"; done' sh {} +
	ln -s "$ROOT/dist/programs" "$release/programs"
	changed() {
		jq "$2" dist/provenance.json >"$release/provenance.json"
		refused "$1" check_provenance "$release"
	}
	jq . dist/provenance.json >"$release/provenance.json"
	check_provenance "$release" >/dev/null
	changed "is not named" 'del(.subject[0])'
	changed "has the sum" '.subject[0].digest.sha256 = "0" * 64'
	changed "the commit is" '(.predicate.buildDefinition.resolvedDependencies[] | select(.name == "source") | .digest.gitCommit) = "0" * 40'
	changed "go.sum has" '(.predicate.buildDefinition.resolvedDependencies[] | select(.name | startswith("fyne.io/fyne/v2@")) | .digest.dirHash) = "0" * 64'
	changed "is not named" '.predicate.buildDefinition.resolvedDependencies |= map(select(.name | startswith("github.com/spf13/cobra@") | not))'
	changed "gcc is not named" '.predicate.buildDefinition.resolvedDependencies |= map(select(.name != "gcc"))'
	changed "unknown field" '.predicate.runDetails.nonsense = 1'
	changed "builder.id required" 'del(.predicate.runDetails.builder.id)'
	changed "it names a folder" '.predicate.buildDefinition.internalParameters.folder = "/home/somebody/src"'
	jq . dist/provenance.json >"$release/provenance.json"
	printf x >>"$(find "$release" -maxdepth 1 -name '*.deb' | head -n 1)"
	refused "has the sum" check_provenance "$release"
	passed "with any change it is refused, and beside another package"
}

# signature: SHA256SUMS of a small folder, signed with a key that is made for it.
signature() {
	say "The signature of the sums:"
	out="$T/signed"
	mkdir "$out"
	echo "a package" >"$out/package"
	echo "correct horse" >"$T/password"
	cat "$T/password" "$T/password" | limited 300 minisign -G -s "$T/key" -p "$T/key.pub" >/dev/null 2>&1
	limited 60 minisign -G -W -s "$T/other" -p "$T/other.pub" >/dev/null
	signs() { env DIST_OUT="$out" "$@" sh build/scripts/dist-sums.sh >"$T/said" 2>&1 </dev/null; }
	verify() { limited 60 minisign -V -m "$out/SHA256SUMS" -p "$1" >"$T/verified" 2>&1; }
	signs RELEASE_MINISIGN_KEY="$T/key" RELEASE_MINISIGN_PASSWORD_FILE="$T/password" RELEASE_MINISIGN_PUBLIC_KEY="$T/key.pub" || fail "$(cat "$T/said")"
	verify "$T/key.pub" || fail "$(cat "$T/verified")"
	grep -q "Trusted comment: $NAME $VERSION, build $BUILD, commit $COMMIT" "$T/verified" || fail "The comment is another one: $(cat "$T/verified")"
	(cd "$out" && sha256sum --quiet -c SHA256SUMS)
	! grep -q -e minisig "$out/SHA256SUMS" || fail "The sums name their own signature"
	passed "verifies, with a password in a file"
	! verify "$T/other.pub" || fail "Another key verifies it"
	cp "$out/SHA256SUMS" "$T/sums"
	sed -i 's/package/Package/' "$out/SHA256SUMS"
	! verify "$T/key.pub" || fail "It verifies after a byte was changed"
	cp "$T/sums" "$out/SHA256SUMS"
	sed -i "s/^trusted comment: $NAME/trusted comment: another/" "$out/SHA256SUMS.minisig"
	! verify "$T/key.pub" || fail "It verifies after its comment was changed"
	passed "another key, a changed byte and a changed comment are refused"
	signs RELEASE_MINISIGN_KEY="$T/other" || fail "$(cat "$T/said")"
	verify "$T/other.pub" || fail "A key without a password: $(cat "$T/verified")"
	! signs RELEASE_MINISIGN_KEY="$T/other" RELEASE_MINISIGN_PUBLIC_KEY="$T/key.pub" || fail "It signs with another key than that of the partners"
	[ ! -f "$out/SHA256SUMS.minisig" ] || fail "A signature of another key stayed"
	grep -q "does not verify with the public key" "$T/said" || fail "It does not say why: $(cat "$T/said")"
	! signs RELEASE_MINISIGN_KEY="$T/key" || fail "It signs without the password"
	grep -q RELEASE_MINISIGN_PASSWORD_FILE "$T/said" || fail "It does not say what is missing: $(cat "$T/said")"
	! signs RELEASE_MINISIGN_KEY="$T/nothing" || fail "It signs without a key"
	signs RELEASE_MINISIGN_KEY= || fail "$(cat "$T/said")"
	[ -f "$out/SHA256SUMS" ] && [ ! -f "$out/SHA256SUMS.minisig" ] || fail "Without a key: $(ls "$out")"
	passed "a key without a password signs; one without its password, another one's and none do not"
}

case "${1:-all}" in
signature) signature ;;
all)
	tools
	commit
	sboms
	provenance
	signature
	;;
*) fail "test-dist-sbom.sh [signature]" ;;
esac
say "dist/ says of itself what it is."
