# Sourced by the tests that need a clean Debian 12 in a folder. debootstrap makes it once; for a day, further ones are unpacked from .cache.
# It comes from where this system has its packages, or from DEBIAN_MIRROR.
CLEAN_KEPT="$ROOT/.cache/clean-debian.tar"

# clean_debian FOLDER: needs root.
clean_debian() {
	[ "$(id -u)" = 0 ] || fail "The clean Debian in a folder needs root: sudo sh $0"
	need debootstrap
	MIRROR=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Codename: bookworm' | head -n 1)}
	[ -n "$MIRROR" ] || fail "This system has no package source of Debian 12: set DEBIAN_MIRROR."
	mkdir -p "$1" "$ROOT/.cache"
	if [ -n "$(find "$CLEAN_KEPT" -mmin -1440 2>/dev/null)" ] && [ "$(cat "$CLEAN_KEPT.from")" = "$MIRROR" ]; then
		tar -xpf "$CLEAN_KEPT" -C "$1" --numeric-owner
		return
	fi
	limited 1800 debootstrap --variant=minbase bookworm "$1" "$MIRROR" >"$1.log" 2>&1 || fail "debootstrap: $(tail -n 5 "$1.log")"
	rm -f "$CLEAN_KEPT.new"
	tar -cpf "$CLEAN_KEPT.new" -C "$1" --numeric-owner --one-file-system .
	printf '%s\n' "$MIRROR" >"$CLEAN_KEPT.from"
	mv "$CLEAN_KEPT.new" "$CLEAN_KEPT"
}
