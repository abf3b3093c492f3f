package problems

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"partner-center-connector/auth"
)

const (
	pastedTrace       = "0a0b0c0d-1111-4222-8333-444455556666"
	pastedCorrelation = "1a0b0c0d-1111-4222-8333-444455556666"
)

// textsOf reads a file of texts: each after a line that begins with "===", the rest of which is its first value.
func textsOf(t *testing.T, name string) [][2]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	texts := [][2]string{}
	for i, part := range strings.Split(string(data), "\n===") {
		if i > 0 {
			head, text, _ := strings.Cut(part, "\n")
			texts = append(texts, [2]string{strings.TrimSpace(head), text})
		}
	}
	return texts
}

func TestPastedTexts(t *testing.T) {
	texts := textsOf(t, "pasted.txt")
	if len(texts) < 200 {
		t.Errorf("only %d texts", len(texts))
	}
	for _, pair := range texts {
		head, text := pair[0], pair[1]
		text = strings.NewReplacer("{T}", pastedTrace, "{C}", pastedCorrelation, "{Z}", "2026-11-23T09:08:07Z").Replace(text)
		codes, kinds, marks := []string{}, []string{}, [3]string{"-", "-", "-"}
		found := LookUpCode(text)
		for _, p := range found {
			codes, kinds = append(codes, p.Code), append(kinds, string(p.Kind))
			marks = marksOf(t, p.TraceID, p.CorrelationID, p.At)
		}
		got := strings.Join(codes, " ")
		if got == "" && len(found) > 0 {
			got = "-"
		}
		got += " => " + strings.Join(kinds, " ")
		if m := strings.ReplaceAll(strings.Join(marks[:], ""), "-", ""); m != "" {
			got += " " + m
		}
		if got != head {
			t.Errorf("found %s\n want %s\n in %s", got, head, text)
		}
		for _, line := range []string{"\r\n" + strings.ReplaceAll(text, "\n", "\r\n"), text + "\n\nSee http://localhost:53001/ within 90000 ms."} {
			if again := LookUpCode(line); len(again) != len(found) && bare(readable(text)) == nil && bareNumber.FindString(text) == "" {
				t.Errorf("with other line ends, or more text, found %d, and not %d: %s", len(again), len(found), line)
			}
		}
	}
}

// marksOf are T, C and Z for the IDs and the time that were found, which must be those of these texts.
func marksOf(t *testing.T, trace, correlation string, at time.Time) [3]string {
	t.Helper()
	marks := [3]string{"-", "-", "-"}
	if trace != "" {
		marks[0] = "T"
	}
	if correlation != "" {
		marks[1] = "C"
	}
	if !at.IsZero() {
		marks[2] = "Z"
	}
	if trace != "" && trace != pastedTrace || correlation != "" && correlation != pastedCorrelation {
		t.Errorf("trace %s, correlation %s", trace, correlation)
	}
	if !at.IsZero() && !at.Equal(time.Date(2026, time.November, 23, 9, 8, 7, 0, time.UTC)) {
		t.Errorf("at %v", at)
	}
	return marks
}

// TestNumbersThatAreNoCodes: a port, a time, a postal code or a part of an ID is no code, whatever is in the table.
func TestNumbersThatAreNoCodes(t *testing.T) {
	texts := textsOf(t, "numbers.txt")
	if len(texts) < 50 {
		t.Errorf("only %d texts", len(texts))
	}
	all := ""
	for _, pair := range texts {
		all += pair[1] + "\n"
		if found := LookUpCode(pair[1]); len(found) > 0 {
			t.Errorf("%q: %+v", pair[1], found)
		}
	}
	if found := LookUpCode(all); len(found) > 0 {
		t.Errorf("all of them together: %+v", found)
	}
}

// TestEachAnswerHasItsOwnTraces: in a log the IDs of one answer are not those of another.
func TestEachAnswerHasItsOwnTraces(t *testing.T) {
	found := LookUpCode("2026-11-23 09:08:07 AADSTS50076 Trace ID: " + pastedTrace + "\n2026-11-23 09:08:09 AADSTS50126 Trace ID: " + pastedCorrelation +
		"\n2026-11-23 09:08:11 AADSTS50057\n")
	if len(found) != 3 || found[0].TraceID != pastedTrace || found[1].TraceID != pastedCorrelation || found[2].TraceID != pastedTrace {
		t.Errorf("%+v", found)
	}
}

// TestTheStageDecides: what a code is about is known where it is met.
func TestTheStageDecides(t *testing.T) {
	for _, c := range []struct {
		text  string
		stage auth.Stage
		want  string
	}{
		{"AADSTS70008", auth.StageRefresh, "sign-in-again"},
		{"AADSTS70008", auth.StageUserConsent, "start-over"},
		{"AADSTS70000", auth.StageRedeem, "start-over"},
		{"AADSTS16000", auth.StageAdminConsent, "wrong-tenant"},
		{"AADSTS16000", auth.StageUserConsent, "wrong-user"},
		{"invalid_grant", auth.StageUserConsent, "start-over"},
		{"invalid_grant", auth.StageAdminConsent, "sign-in-again"},
	} {
		if found := LookUpAt(c.text, c.stage); len(found) != 1 || string(found[0].Kind) != c.want {
			t.Errorf("%s at %s: %+v", c.text, c.stage, found)
		}
	}
}

// TestManyCodesAreCut: a text that is nothing but codes is answered with the first of them.
func TestManyCodesAreCut(t *testing.T) {
	text := ""
	for i := range 3000 {
		text += "AADSTS" + strconv.Itoa(990000+i) + " "
	}
	if found := LookUpCode(text + "AADSTS50076"); len(found) != maxFound || found[0].Code != "AADSTS50076" {
		t.Errorf("%d found, first %+v", len(found), found[0])
	}
}
