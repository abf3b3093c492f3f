# Sourced by verify-dist.sh and the tests of releases: a copy of the tree whose programs note the same commit, and the comparison of two packages.

REBUILD_PACKAGES="git dpkg rpm cpio unzip p7zip-full msitools osslsigncode"

# git_here COMMAND…: git on this tree, whoever owns it.
git_here() { git -c safe.directory="$ROOT" -c safe.directory="$ROOT/.git" "$@"; }

# own_kind: how the programs of this tree note their commit: by git's folder, by its file in a linked worktree, or not by git.
own_kind() { if [ -d .git ]; then echo folder; elif [ -e .git ]; then echo file; else echo none; fi; }

# copy_checkout FOLDER: a copy of this tree as it is, from which programs are built that note the same commit in the same way.
copy_checkout() {
	if [ "$(own_kind)" = none ]; then
		mkdir -p "$1"
		copy_tree "$1"
		return
	fi
	copy_commit "$1" "$(git_here rev-parse HEAD)" "$(own_kind)"
	git -C "$1" ls-files -z | (cd "$1" && xargs -0 rm -f)
	copy_tree "$1"
}

# copy_commit FOLDER COMMIT KIND: a copy of a commit, whose programs note it in that way.
copy_commit() {
	mkdir -p "$(dirname "$1")"
	# The part of git that reads the tree asks whose it is, too, and takes the answer from a file alone.
	printf '[safe]\n\tdirectory = *\n' >"$1.gitconfig"
	set -- "$1" "$2" "$3" "$(git_here rev-parse --path-format=absolute --git-common-dir)"
	GIT_CONFIG_GLOBAL="$1.gitconfig" git clone --quiet --no-hardlinks --no-checkout --separate-git-dir="$1.git" "$4" "$1"
	git -C "$1" -c advice.detachedHead=false checkout --quiet --detach "$2"
	case "$3" in
	file) return ;;
	folder) rm "$1/.git" && mv "$1.git" "$1/.git" ;;
	none) rm -rf "$1/.git" "$1.git" ;;
	esac
}

# unpack FILE FOLDER: what a package has in it, also what is no file there: control files, scripts, tables. Fails for what is no such package.
unpack() {
	mkdir -p "$2"
	case "$1" in
	*.deb) dpkg-deb -R "$1" "$2" ;;
	*.rpm) unpack_rpm "$1" "$2" ;;
	*.tar.*) tar -xf "$1" -C "$2" ;;
	*.zip) unzip -q "$1" -d "$2" ;;
	*-setup*.exe) 7z x -bd -y "-o$2" "$1" >/dev/null ;;
	*.msi) unpack_msi "$1" "$2" ;;
	*) cp "$1" "$2/" ;;
	esac && chmod -R u+rwX "$2"
}

# unpack_rpm: rpm2cpio of Debian 12 ends with 1 after a whole payload of nfpm's, so what counts is that each file of the package is there.
unpack_rpm() {
	rpm -qp --qf '[%{FILENAMES} %{FILEMODES:octal} %{FILEUSERNAME} %{FILEMTIMES}\n]' "$1" >"$2/files" && rpm -qpi --scripts --requires "$1" >"$2/header" &&
		{ rpm2cpio "$1" >"$2/cpio" || true; } && (cd "$2" && cpio -idm --quiet --no-absolute-filenames <cpio && rm cpio) &&
		rpm -qlp "$1" | while read -r file; do [ -e "$2$file" ] || exit 1; done
}

unpack_msi() {
	msiextract -C "$2" "$1" >/dev/null && msiinfo suminfo "$1" >"$2/summary" && msiinfo tables "$1" >"$2/tables" || return
	# One that no text can be had of is in the bytes all the same. What a table has as files, as the icons, goes to the folder that msiinfo runs in.
	msi=$(realpath "$1")
	while read -r table; do (cd "$2" && msiinfo export "$msi" "$table" >"table-$table" 2>/dev/null) || true; done <"$2/tables"
}

# parts FOLDER: its files with their modes and sums.
parts() { (cd "$1" && find . -type f | LC_ALL=C sort | while read -r part; do printf '%s %s %s\n' "$(stat -c %a "$part")" "$(sha256sum <"$part" | cut -c1-64)" "$part"; done); }

# same_package FILE REBUILT FOLDER: reports whether both have the same bytes, and says which part differs if not. The folder is for what they contain.
same_package() {
	! cmp -s "$1" "$2" || return 0
	say "$(basename "$1") differs from the one that was built here:"
	unpack "$1" "$3/given" && unpack "$2" "$3/rebuilt" || { say "  It can't be unpacked."; return 1; }
	parts "$3/given" >"$3/given.parts"
	parts "$3/rebuilt" >"$3/rebuilt.parts"
	if cmp -s "$3/given.parts" "$3/rebuilt.parts"; then
		say "  All files in it are the same. The package around them differs: its times, owners, order or compression."
		return 1
	fi
	LC_ALL=C sort "$3/given.parts" "$3/rebuilt.parts" | LC_ALL=C uniq -u | cut -d' ' -f3- | LC_ALL=C sort -u | while read -r part; do
		if [ ! -e "$3/rebuilt/$part" ]; then
			say "  only in the given one: ${part#./}"
		elif [ ! -e "$3/given/$part" ]; then
			say "  only in the one that was built here: ${part#./}"
		else
			say "  not the same: ${part#./}"
			what_differs "$3/given/$part" "$3/rebuilt/$part"
		fi
	done
	return 1
}

# what_differs FILE REBUILT: the first place, and for Go programs what they say of their build.
what_differs() {
	say "    $(cmp "$1" "$2" 2>&1 | sed 's/^.*differ: /from /; s/^cmp: /only its mode, or its end: /' | head -n 1)"
	go version -m "$1" 2>/dev/null | sed 1d >"$1.build"
	go version -m "$2" 2>/dev/null | sed 1d >"$2.build"
	diff "$1.build" "$2.build" | sed -n 's/^</    given:/p; s/^>/    built here:/p' >&2 || true
	rm -f "$1.build" "$2.build"
}
