package wizard_test

import (
	"reflect"

	"partner-center-connector/auth"
	"partner-center-connector/connector"
	"partner-center-connector/connector/view"
	"partner-center-connector/connector/wizard"
)

// offers holds that whatever can be used on a screen changes the state or starts an effect, and that there is a way out of it.
func (m *monkey) offers(v view.View) {
	ways := 0
	for _, c := range offersOf(v, false) {
		if !m.does(c.event) {
			m.t.Errorf("page %s: %s can be used, and %T %+v does nothing", v.Page, c.name, c.event, c.event)
		}
		ways++
	}
	if ways == 0 {
		m.t.Errorf("page %s: there is no way out", v.Page)
	}
	for _, block := range unfolded(v.Blocks) {
		m.takes(v.Page, block)
	}
}

func (m *monkey) does(e wizard.Event) bool {
	after, effects := wizard.Machine{}.Next(m.state, e)
	return len(effects) > 0 || !reflect.DeepEqual(after, m.state)
}

// takes holds that a field that is not locked takes another value than it has.
func (m *monkey) takes(page string, block view.Block) {
	var e wizard.Event
	switch b := block.(type) {
	case view.Input:
		switch {
		case b.Locked:
			return
		case b.Secret:
			e = wizard.SecretEntered{Field: b.Field, Secret: auth.NewSecret(monkeySecret)}
		default:
			e = wizard.Edited{Field: b.Field, Value: b.Value + "/x"}
		}
	case view.Tick:
		e = wizard.Ticked{Field: b.Field, On: !b.On}
	case view.Choice:
		for _, o := range b.Options {
			if !b.Locked && o.Value != b.Value {
				e = wizard.Chosen{Field: b.Field, Value: o.Value}
			}
		}
	}
	if e != nil && !m.does(e) {
		m.t.Errorf("page %s: %T %+v does nothing", page, e, e)
	}
}

// offer is something that can be used.
type offer struct {
	name  string
	event wizard.Event
}

// offersOf are the buttons, rows, steps and keys of a screen that send an event now; with disabled, also the buttons that would.
func offersOf(v view.View, disabled bool) []offer {
	all := []offer{}
	add := func(name string, e wizard.Event) {
		if e != nil {
			all = append(all, offer{name, e})
		}
	}
	var look func(reflect.Value)
	look = func(r reflect.Value) {
		switch r.Kind() {
		case reflect.Interface, reflect.Pointer:
			if !r.IsNil() {
				look(r.Elem())
			}
		case reflect.Slice:
			for i := range r.Len() {
				look(r.Index(i))
			}
		case reflect.Struct:
			switch one := r.Interface().(type) {
			case view.Button:
				if disabled || !one.Disabled {
					add("button "+one.ID, one.Event)
				}
				return
			case view.RailItem:
				add("step "+one.ID, one.Go)
				return
			case view.Text, connector.Theme:
				return
			case view.Row:
				add("row "+one.ID, one.Open)
			}
			for i := range r.NumField() {
				if r.Type().Field(i).IsExported() {
					look(r.Field(i))
				}
			}
		default:
		}
	}
	look(reflect.ValueOf(v))
	add("Esc", v.Escape)
	add("Alt+Left", v.Return)
	return all
}
