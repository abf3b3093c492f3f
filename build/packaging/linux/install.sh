#!/bin/sh
# Installs both programs for this account, below ~/.local, without root. Options:
#   --prefix DIR   another place, for example /usr/local (as root: for everybody)
#   --remove       removes what was installed there; connectors and drafts stay
set -eu
cd "$(dirname "$0")"
prefix=$HOME/.local
remove=
while [ $# -gt 0 ]; do
	case "$1" in
	--prefix) [ $# -gt 1 ] || { echo "--prefix needs a folder." >&2; exit 2; }; prefix=$2; shift ;;
	--remove) remove=1 ;;
	*) echo "install.sh [--prefix DIR] [--remove]" >&2; exit 2 ;;
	esac
	shift
done
case "$prefix" in /*) ;; *) echo "The folder must begin with /: $prefix" >&2; exit 2 ;; esac

refresh() {
	! command -v update-desktop-database >/dev/null || update-desktop-database -q "$prefix/share/applications" 2>/dev/null || true
	! command -v gtk-update-icon-cache >/dev/null || gtk-update-icon-cache -q -f -t "$prefix/share/icons/hicolor" 2>/dev/null || true
}

entry=$prefix/share/applications/io.github.partnercenterconnector.desktop
if [ -n "$remove" ]; then
	# A daily check would go on calling a program that is gone.
	if [ -d "${XDG_CONFIG_HOME:-$HOME/.config}/partner-center-connector" ]; then
		"$prefix/bin/pcc" schedule remove --yes >/dev/null 2>&1 || true
	fi
	while read -r file; do
		rm -f "$prefix/$file"
		rmdir -p --ignore-fail-on-non-empty "$(dirname "$prefix/$file")" 2>/dev/null || true
	done <files
	[ ! -d "$prefix/share/applications" ] || refresh
	echo "Removed from $prefix. Connectors and drafts stayed."
	exit 0
fi
while read -r file; do
	mode=644
	case "$file" in bin/*) mode=755 ;; esac
	install -D -m "$mode" "$file" "$prefix/$file"
done <files
# The desktop looks for programs in its own PATH, which may lack ~/.local/bin.
sed -i "s|^Exec=.*|Exec=\"$prefix/bin/partner-center-connector\"|" "$entry"
refresh
echo "Installed in $prefix. Start partner-center-connector or pcc."
case ":$PATH:" in *":$prefix/bin:"*) ;; *) echo "$prefix/bin is not on the PATH; add it in ~/.profile." ;; esac
echo "To remove it: sh $(pwd)/install.sh --prefix \"$prefix\" --remove"
