package lazyregexp_test

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"partner-center-connector/lazyregexp"
)

func TestEveryMethod(t *testing.T) {
	word := lazyregexp.New(`\b([a-z])[a-z]*`)
	const text = "one TWO three"
	for _, c := range []struct{ got, want any }{
		{word.MatchString(text), true},
		{word.MatchString("TWO"), false},
		{word.FindString(text), "one"},
		{word.FindStringSubmatch(text), []string{"one", "o"}},
		{word.FindAllString(text, -1), []string{"one", "three"}},
		{word.FindAllString(text, 1), []string{"one"}},
		{word.FindAllStringSubmatch(text, -1), [][]string{{"one", "o"}, {"three", "t"}}},
		{word.FindAllStringSubmatchIndex(text, -1), [][]int{{0, 3, 0, 1}, {8, 13, 8, 9}}},
		{word.FindAllStringIndex(text, -1), [][]int{{0, 3}, {8, 13}}},
		{word.ReplaceAllString(text, "<$1>"), "<o> TWO <t>"},
		{word.ReplaceAllStringFunc(text, strings.ToUpper), "ONE TWO THREE"},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%v, not %v", c.got, c.want)
		}
	}
}

func TestSeveralAtOnce(t *testing.T) {
	digits := lazyregexp.New(`\d+`)
	found := make([]string, 8)
	var all sync.WaitGroup
	for i := range found {
		all.Go(func() { found[i] = digits.FindString("a1234b") })
	}
	all.Wait()
	if want := slices.Repeat([]string{"1234"}, len(found)); !slices.Equal(found, want) {
		t.Errorf("%q", found)
	}
}

func TestWhatIsNoneIsToldByItsFirstUse(t *testing.T) {
	none := lazyregexp.New(`(`)
	defer func() {
		if recover() == nil {
			t.Error("it was used")
		}
	}()
	none.MatchString("")
}
