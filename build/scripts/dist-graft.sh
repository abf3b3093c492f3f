#!/bin/sh
# dist-graft.sh FOLDER FILE: puts the signature of that name in the folder into the file, in place. verify-dist.sh gives it to dist-windows.sh as
# SIGN_COMMAND, so that what is built again has the signatures of what was published, without the certificate. SIGN_CA: roots to verify them against.
set -eu
name=$(basename "$2")
# The uninstaller has a name by chance while NSIS works on it.
case "$name" in makensis*) name=uninstall.exe ;; esac
[ -f "$1/$name" ] || { echo "No signature was taken for $name." >&2; exit 1; }
attach() { osslsigncode attach-signature -CAfile "$SIGN_CA" -TSA-CAfile "${SIGN_TSA_CA:-$SIGN_CA}" "$@" >/dev/null 2>&1; }
rm -f "$2.signed"
case "$name" in
# Some sign an MSI with its list of streams, as dist-sign.sh does, others without.
*.msi) attach -add-msi-dse -sigin "$1/$name" -in "$2" -out "$2.signed" || { rm -f "$2.signed"; attach -sigin "$1/$name" -in "$2" -out "$2.signed"; } ;;
*) attach -sigin "$1/$name" -in "$2" -out "$2.signed" ;;
esac || { rm -f "$2.signed"; echo "The signature of $name is one of another file." >&2; exit 1; }
mv "$2.signed" "$2"
