package view_test

import (
	"reflect"
	"slices"
	"testing"

	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// running are the paths of everything in a state that is under way.
func running(v reflect.Value, path string) []string {
	found := []string{}
	if w, ok := v.Interface().(wizard.Work); ok {
		if w.Running {
			return []string{path}
		}
		return nil
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				found = append(found, running(v.Field(i), path+"."+f.Name)...)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			found = running(v.Elem(), path)
		}
	default:
	}
	return found
}

// TestWhatIsUnderWaySaysSo wants of everything that may take longer than half a second that the page says what it is; the window
// counts the seconds beside it.
func TestWhatIsUnderWaySaysSo(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range viewtest.States() {
		under := running(reflect.ValueOf(n.State), "")
		for _, c := range []wizard.Consent{n.State.Wizard.Admin, n.State.Wizard.User} {
			if c.Busy() {
				under = append(under, "consent "+string(c.Phase))
			}
		}
		if !n.State.Home.Loaded {
			under = append(under, "lists")
		}
		if len(under) == 0 {
			continue
		}
		says := 0
		for _, b := range showing(view.Project(n.State).Blocks) {
			if shows(b) {
				says++
			}
		}
		if says == 0 {
			t.Errorf("%s: nothing says that %v is under way", n.Name, under)
		}
		for _, path := range under {
			seen[path] = true
		}
	}
	for _, path := range allWork(reflect.TypeFor[wizard.State](), "") {
		if !seen[path] {
			t.Errorf("no state shows %s under way", path)
		}
	}
}

// showing are blocks with those among them that are in folds which are open at first.
func showing(blocks []view.Block) []view.Block {
	all := []view.Block{}
	for _, block := range blocks {
		all = append(all, block)
		if f, ok := block.(view.Fold); ok && f.Open {
			all = append(all, showing(f.Blocks)...)
		}
	}
	return all
}

// shows reports whether a block tells that something is under way.
func shows(b view.Block) bool {
	switch b := b.(type) {
	case view.Busy, view.Wait:
		return true
	case view.Checks:
		return slices.ContainsFunc(b.Rows, func(r view.CheckRow) bool { return r.State == connector.CheckRunning })
	}
	return false
}

// allWork are the paths of everything in a state that can be under way.
func allWork(typ reflect.Type, path string) []string {
	if typ == reflect.TypeFor[wizard.Work]() {
		return []string{path}
	}
	found := []string{}
	if typ.Kind() == reflect.Struct {
		for i := range typ.NumField() {
			found = append(found, allWork(typ.Field(i).Type, path+"."+typ.Field(i).Name)...)
		}
	}
	return found
}
