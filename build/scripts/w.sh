. build/scripts/common.sh
. build/scripts/session.sh
. build/scripts/wine.sh
prefix=$(mktemp -d /tmp/pcc-wine.XXXXXX)
trap 'wineserver -k 2>/dev/null; rm -rf "$prefix"' EXIT
wine_prefix "$prefix"
wine_tests 900 -tags e2e -count=1 -v ./cli
