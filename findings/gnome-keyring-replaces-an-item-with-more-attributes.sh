#!/usr/bin/env bash
# gnome-keyring: CreateItem with replace takes the place of another program's item, if that has the attributes and more.
#
# Seen with gnome-keyring 42.1-1+b2 of Debian 12 (amd64) and github.com/godbus/dbus/v5 v5.2.4.
#
# The Secret Service specification says of CreateItem that with replace the secret replaces that of "an item with the same attributes". An item
# of the attributes service and username with a third one, env, has others. Asked to create an item of just the two, gnome-keyring finds that
# one, as a search for the two would, and overwrites it: its path, its secret, its label and its attributes. No error tells so, and whoever wrote
# the first one does not find it again. Without replace there are two items.
#
# Output:
#   before: 1 item(s), attributes of the first: env service username
#   replace: the path of the first again, 1 item(s), attributes: service username
#   no replace: another path, 2 item(s)
set -euo pipefail
folder=$(mktemp -d)
daemons=
trap 'kill $daemons 2>/dev/null || true; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
cd "$folder"
packages="
gnome-keyring=42.1-1+b2
libgck-1-0=3.41.1-1+b1
libgcr-base-3-1=3.41.1-1+b1
dbus-daemon=1.14.10-1~deb12u1
dbus-session-bus-common=1.14.10-1~deb12u1
libdbus-1-3=1.14.10-1~deb12u1
libapparmor1=3.0.8-3
libaudit1=1:3.0.9-1
libcap-ng0=0.8.3-1+b3
libexpat1=2.5.0-1+deb12u5
libglib2.0-0=2.74.6-2+deb12u9
libgcrypt20=1.10.1-3+deb12u1
libgpg-error0=1.46-1
libp11-kit0=0.24.1-2
libffi8=3.4.4-1
"
for package in $packages; do
	apt-get -qq download "$package" >download.log 2>&1 || { cat download.log; exit 1; }
done
for package in *.deb; do dpkg -x "$package" root; done
LD_LIBRARY_PATH="$folder/root/usr/lib/x86_64-linux-gnu"
HOME="$folder/home" XDG_RUNTIME_DIR="$folder/run" XDG_DATA_HOME="$folder/home/data"
export LD_LIBRARY_PATH HOME XDG_RUNTIME_DIR XDG_DATA_HOME
mkdir -p home run
chmod 700 run
./root/usr/bin/dbus-daemon --config-file root/usr/share/dbus-1/session.conf --nofork --print-address=3 3>address 2>bus.log &
daemons=$!
tries=0
until [ -s address ] || [ "$tries" = 100 ]; do tries=$((tries + 1)); sleep 0.1; done
DBUS_SESSION_BUS_ADDRESS=$(cat address)
export DBUS_SESSION_BUS_ADDRESS
printf secret | ./root/usr/bin/gnome-keyring-daemon --foreground --unlock --components=secrets >daemon.log 2>&1 &
daemons="$daemons $!"
cat >main.go <<'END'
package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	name    = "org.freedesktop.secrets"
	service = "org.freedesktop.Secret."
	login   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
)

type secret struct {
	Session     dbus.ObjectPath
	Parameters  []byte
	Value       []byte
	ContentType string
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	bus, err := dbus.ConnectSessionBus()
	must(err)
	root := bus.Object(name, "/org/freedesktop/secrets")
	var output dbus.Variant
	var session dbus.ObjectPath
	for range 100 { // until the daemon has its name
		err = root.Call(service+"Service.OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&output, &session)
		if err == nil {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	must(err)
	create := func(value string, attributes map[string]string, replace bool) dbus.ObjectPath {
		var item, prompt dbus.ObjectPath
		must(bus.Object(name, login).Call(service+"Collection.CreateItem", 0, map[string]dbus.Variant{
			service + "Item.Label": dbus.MakeVariant(value), service + "Item.Attributes": dbus.MakeVariant(attributes),
		}, secret{session, nil, []byte(value), "text/plain"}, replace).Store(&item, &prompt))
		return item
	}
	items := func() []dbus.ObjectPath {
		var unlocked, locked []dbus.ObjectPath
		must(root.Call(service+"Service.SearchItems", 0, map[string]string{"username": "u"}).Store(&unlocked, &locked))
		return unlocked
	}
	attributes := func(item dbus.ObjectPath) string {
		v, err := bus.Object(name, item).GetProperty(service + "Item.Attributes")
		must(err)
		all := v.Value().(map[string]string)
		delete(all, "xdg:schema") // gnome-keyring's own
		return strings.Join(slices.Sorted(maps.Keys(all)), " ")
	}
	two := map[string]string{"service": "s", "username": "u"}
	first := create("theirs", map[string]string{"service": "s", "username": "u", "env": "test"}, false)
	fmt.Printf("before: %d item(s), attributes of the first: %s\n", len(items()), attributes(first))
	path := func(item dbus.ObjectPath) string {
		if item == first {
			return "the path of the first again"
		}
		return "another path"
	}
	second := create("ours", two, true)
	fmt.Printf("replace: %s, %d item(s), attributes: %s\n", path(second), len(items()), attributes(second))
	third := create("ours", two, false)
	fmt.Printf("no replace: %s, %d item(s)\n", path(third), len(items()))
}
END
cat >go.mod <<'END'
module finding

go 1.26
END
export GOMODCACHE="$folder/modules" GOCACHE="$folder/cache" GOFLAGS=-modcacherw
go get github.com/godbus/dbus/v5@v5.2.4 >get.log 2>&1 || { cat get.log; exit 1; }
go run . >seen
cat seen
diff - seen <<'END'
before: 1 item(s), attributes of the first: env service username
replace: the path of the first again, 1 item(s), attributes: service username
no replace: another path, 2 item(s)
END
