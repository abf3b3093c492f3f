package engine

import (
	"reflect"
	"runtime/debug"
	"testing"

	"partner-center-connector/assets/notices"
	"partner-center-connector/connector"
)

func TestModules(t *testing.T) {
	got := modulesOf(&debug.BuildInfo{GoVersion: "go1.26.0", Deps: []*debug.Module{
		{Path: "example.com/one", Version: "v1.2.3"},
		{Path: "example.com/two", Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v0.2.0"}},
	}}, notices.Set{List: "Go\tBSD-3-Clause\tgo.txt\nexample.com/fork\tMIT\tfork.txt\nlibc\tZlib\tlibc.txt\npartner-center-connector\tMIT\tours.txt\n"})
	want := []connector.Module{
		{Path: "Go", Version: "go1.26.0", License: "BSD-3-Clause"},
		{Path: "example.com/one", Version: "v1.2.3"},
		{Path: "example.com/fork", Version: "v0.2.0", License: "MIT"},
		{Path: "libc", License: "Zlib"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
