package assets

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"partner-center-connector/test/prose"
)

// TestProse holds every sentence, in each way that its conditions can turn it, to the rules of prose: by language, and by the first part of its key.
func TestProse(t *testing.T) {
	for _, lang := range Languages() {
		t.Run(lang, func(t *testing.T) {
			all := readSentences(t, lang)
			for space, keys := range namespaces(all) {
				t.Run(space, func(t *testing.T) {
					for _, key := range keys {
						for _, fault := range proseFaults(t, lang, key, all[key]) {
							t.Errorf("%s %s", key, fault)
						}
					}
				})
			}
		})
	}
}

// namespaces are the keys by their first part, in order.
func namespaces(all wording) map[string][]string {
	spaces := map[string][]string{}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		space, _, _ := strings.Cut(key, ".")
		spaces[space] = append(spaces[space], key)
	}
	return spaces
}

func proseFaults(t *testing.T, lang, key string, forms map[string]string) []string {
	t.Helper()
	found := map[string]bool{}
	if isSearch(key) {
		return nil
	}
	sentences := map[string]bool{}
	for _, text := range forms {
		for _, turned := range turns(t, text) {
			for _, sentence := range prose.Sentences(turned) {
				sentences[sentence] = true
			}
		}
	}
	for sentence := range sentences {
		for _, fault := range prose.Faults(lang, longest(lang, key), sentence) {
			found[fault] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// isSearch reports whether a key's text is what people may type into a search: their spelling, no sentence.
func isSearch(key string) bool {
	return strings.HasPrefix(key, "help.") && (strings.HasSuffix(key, ".words") || strings.HasPrefix(key, "help.problem-words."))
}

// longest is how many words a sentence may have: people read Help at leisure, and German needs more of them.
func longest(lang, key string) int {
	if lang != english || strings.HasPrefix(key, "help.") {
		return 25
	}
	return 20
}

// turns are all texts that a sentence can become: each field that a condition asks for is there, or is not.
func turns(t *testing.T, text string) []string {
	t.Helper()
	asked := conditions(text)
	if len(asked) > 12 {
		t.Fatalf("%d conditions in %s", len(asked), text)
	}
	all := []string{}
	for choice := range 1 << len(asked) {
		args := map[string]any{}
		for _, name := range fieldsOf(map[string]string{"other": text}) {
			args[name] = "X"
		}
		for i, name := range asked {
			if choice>>i&1 == 0 {
				args[name] = ""
			}
		}
		turned, err := fill(text, Pages(), args)
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		all = append(all, turned)
	}
	return all
}

// conditions are the fields that the conditions of a text ask for.
func conditions(text string) []string {
	found := map[string]bool{}
	for _, a := range action.FindAllStringSubmatch(text, -1) {
		if strings.HasPrefix(a[1], "if ") || strings.HasPrefix(a[1], "else if ") {
			for _, f := range field.FindAllStringSubmatch(a[1], -1) {
				found[f[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestEveryTurnOfASentenceIsRead(t *testing.T) {
	got := turns(t, "{{if .A}}One{{else if .B}}Two{{else}}Three{{end}} for {{.Name}} on page {{page `user`}}.")
	slices.Sort(got)
	want := []string{"One for X on page 6.", "Three for X on page 6.", "Two for X on page 6."}
	if got = slices.Compact(got); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRailAndPageSayTheSame checks that a step of the rail has the name that its page has.
func TestRailAndPageSayTheSame(t *testing.T) {
	for _, lang := range Languages() {
		all := readSentences(t, lang)
		steps := namespaces(all)["rail"]
		if len(steps) < len(Pages()) {
			t.Errorf("%s names only %d steps", lang, len(steps))
		}
		for _, key := range steps {
			name := strings.TrimPrefix(key, "rail.")
			title := all["page."+name+".title"]["other"]
			if step := all[key]["other"]; !strings.HasPrefix(title, step) {
				t.Errorf("%s calls %s %q in the rail, %q on the page", lang, name, step, title)
			}
		}
	}
}
