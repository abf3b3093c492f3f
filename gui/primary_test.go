package gui

import (
	"reflect"
	"testing"

	"partner-center-connector/connector/view"
	"partner-center-connector/connector/view/viewtest"
	"partner-center-connector/connector/wizard"
)

// TestMainButtonsShowOnArrival holds that nobody has to scroll to the main button of a page of the wizard, in the window as it opens, in either
// language.
func TestMainButtonsShowOnArrival(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		t.Run(lang, func(t *testing.T) {
			b := newBench(t, lang)
			b.resize(windowStartW, windowStartH)
			checked := 0
			for _, n := range viewtest.States() {
				v := view.Project(n.State)
				if n.State.Screen != wizard.ScreenWizard || v.Footer.Main == nil {
					continue
				}
				b.w.screen.drawn = false
				b.show(v)
				ids := primaries(reflect.ValueOf(v.Blocks))
				if w := n.State.Wizard; w.Draft.Links != nil && w.Told.Open && w.Admin.Busy() {
					continue // the button of what was told would end the wait: the focus stays above it
				} else if w.Draft.Links != nil && len(ids) > 1 {
					ids = ids[:1] // each of the links may have a card, and the first one comes first
				}
				for _, id := range ids {
					checked++
					b.wantInView(n.Name, id)
				}
			}
			if checked < 50 {
				t.Errorf("only %d main buttons were looked for", checked)
			}
		})
	}
}

// wantInView wants a control of the page to be seen as a whole.
func (b *bench) wantInView(state, id string) {
	b.t.Helper()
	s := b.w.screen
	for _, c := range s.order() {
		if c.ID() != id {
			continue
		}
		y, inPage := yIn(s.page.content, c)
		if !inPage {
			return
		}
		top, bottom := s.page.scroll.Offset.Y, s.page.scroll.Offset.Y+s.page.scroll.Size().Height
		if y < top-fitSlack || y+c.Size().Height > bottom+fitSlack {
			b.t.Errorf("%s: %s is at %.0f to %.0f, and the page shows %.0f to %.0f", state, id, y, y+c.Size().Height, top, bottom)
		}
		return
	}
	b.t.Errorf("%s: %s is not drawn", state, id)
}

// primaries are the IDs of the main buttons that show at first.
func primaries(v reflect.Value) []string {
	ids := []string{}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			ids = primaries(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			ids = append(ids, primaries(v.Index(i))...)
		}
	case reflect.Struct:
		if b, ok := v.Interface().(view.Button); ok {
			if b.Primary && !b.Disabled {
				ids = append(ids, b.ID)
			}
			return ids
		}
		if f, ok := v.Interface().(view.Fold); ok && !f.Open {
			return nil
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				ids = append(ids, primaries(v.Field(i))...)
			}
		}
	default:
	}
	return ids
}
