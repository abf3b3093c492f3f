package engine

import (
	"reflect"
	"runtime/debug"
	"testing"

	"partner-center-connector/connector"
)

func TestModules(t *testing.T) {
	got := modulesOf(&debug.BuildInfo{GoVersion: "go1.26.0", Deps: []*debug.Module{
		{Path: "example.com/one", Version: "v1.2.3"},
		{Path: "example.com/two", Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/fork", Version: "v0.2.0"}},
	}})
	want := []connector.Module{{Path: "Go", Version: "go1.26.0"}, {Path: "example.com/one", Version: "v1.2.3"}, {Path: "example.com/fork", Version: "v0.2.0"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
