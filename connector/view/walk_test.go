package view_test

import (
	"reflect"
	"testing"
	"time"

	"partner-center-connector/assets"
	"partner-center-connector/connector/view"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	m.Run()
}

// texts collects every Text in a value, however deep, those in args of others included.
func texts(value any) []view.Text {
	found := []view.Text{}
	walk(reflect.ValueOf(value), func(t view.Text) { found = append(found, t) })
	return found
}

func walk(v reflect.Value, visit func(view.Text)) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walk(v.MapIndex(key), visit)
		}
	case reflect.Struct:
		if t, ok := v.Interface().(view.Text); ok && !t.Empty() {
			visit(t)
		}
		if _, ok := v.Interface().(time.Time); ok {
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walk(v.Field(i), visit)
			}
		}
	default:
	}
}

func translators(t *testing.T) map[string]*assets.Translator {
	t.Helper()
	found := map[string]*assets.Translator{}
	for _, lang := range []string{"en", "de"} {
		tr := assets.NewTranslator(lang)
		if tr.Lang() != lang {
			t.Fatalf("no translation into %q", lang)
		}
		found[lang] = tr
	}
	return found
}
