package report

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSpread(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		values []float64
		want   Spread
	}{
		{nil, Spread{}},
		{[]float64{7}, Spread{7, 7, 7}},
		{[]float64{9, 1, 4}, Spread{4, 1, 9}},
		{[]float64{8, 1, 2, 6}, Spread{4, 1, 8}},
	} {
		if got := SpreadOf(c.values); got != c.want {
			t.Errorf("%v: %v, want %v", c.values, got, c.want)
		}
	}
	values := []float64{3, 1, 2}
	if SpreadOf(values); values[0] != 3 {
		t.Error("the values were sorted in place")
	}
}

func TestAFigureIsTheMedianOfItsPairs(t *testing.T) {
	t.Parallel()
	ours, base := []float64{10, 40, 30}, []float64{10, 20, 10}
	cost := Cost("wall", "ms", ours, base, AtMost(2))
	if *cost.Ratio != (Spread{2, 1, 3}) || cost.Ours != (Spread{30, 10, 40}) || *cost.Base != (Spread{10, 10, 20}) || cost.Pairs != 3 {
		t.Errorf("cost: %+v, ratio %v", cost, *cost.Ratio)
	}
	if speed := Speed("wall", "ms", ours, base, AtLeast(0.5)); *speed.Ratio != (Spread{0.5, 1.0 / 3, 1}) {
		t.Errorf("speed: %v", *speed.Ratio)
	}
	if pairs := Ratios([]float64{1, 2, 3}, []float64{2, 0}); len(pairs) != 1 || pairs[0] != 0.5 {
		t.Errorf("a pair without a half, and one by nothing: %v", pairs)
	}
}

func TestAnAimIsMetOrMissed(t *testing.T) {
	t.Parallel()
	one := func(value float64, aim Aim) Figure { return Cost("", "", []float64{value}, []float64{1}, aim) }
	for name, c := range map[string]struct {
		figure Figure
		want   bool
	}{
		"no aim":             {one(99, Aim{}), false},
		"at most, just":      {one(2, AtMost(2)), false},
		"at most, more":      {one(2.01, AtMost(2)), true},
		"at least, just":     {one(2, AtLeast(2)), false},
		"at least, less":     {one(1.99, AtLeast(2)), true},
		"without a baseline": {Plain("", "MB", []float64{14}, AtMost(13.5)), true},
	} {
		if got := c.figure.Misses(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestARowTakesThePlaceOfTheOneBefore(t *testing.T) {
	t.Parallel()
	r := Results{Rows: []Row{{ID: "b", What: "old"}, {ID: "gone"}}}
	order := []string{"a", "b"}
	r.Put(Row{ID: "a"}, order)
	r.Put(Row{ID: "b", What: "new"}, order)
	if len(r.Rows) != 2 || r.Rows[0].ID != "a" || r.Rows[1].ID != "b" || r.Rows[1].What != "new" {
		t.Errorf("%+v", r.Rows)
	}
	r.PutCurve(Curve{ID: "list", Build: "now", What: "old"})
	r.PutCurve(Curve{ID: "list", Build: "before"})
	r.PutCurve(Curve{ID: "list", Build: "now", What: "new"})
	if len(r.Growth) != 2 || r.Growth[0].What != "new" {
		t.Errorf("%+v", r.Growth)
	}
}

func TestResultsOnDisk(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "results.json")
	if r, err := Read(path); err != nil || len(r.Rows) != 0 {
		t.Errorf("no file: %+v, %v", r, err)
	}
	if err := example().Write(path); err != nil {
		t.Fatal(err)
	}
	r, err := Read(path)
	if err != nil || r.Table(nil) != example().Table(nil) || r.GrowthTable() != example().GrowthTable() {
		t.Errorf("read again: %v\n%s", err, r.Table(nil))
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil {
		t.Error("half a file was read")
	}
}

func example() Results {
	return Results{
		Machine: Machine{Processor: "CPU", Cores: 2, MemoryGB: 8, System: "Debian", Kernel: "6.1", Go: "go1.26"},
		Rows: []Row{
			{ID: "token", What: "`pcc token`", Baseline: "`secret-tool`", Seconds: 7, At: time.Unix(0, 0).UTC(), Figures: []Figure{
				Cost("wall", "ms", []float64{20, 30}, []float64{10, 10}, AtMost(2.2)),
				Cost("CPU", "ms", []float64{0.05, 0.05}, []float64{0.1, 0.1}, Aim{}),
			}},
			{ID: "size", What: "size", Figures: []Figure{Plain("pcc", "MB", []float64{12.34}, AtMost(13.5))}},
			{ID: "idle", What: "idle", Baseline: "a window", Fold: true, Figures: []Figure{
				Cost("home", "ms", []float64{1}, []float64{1}, Aim{}), Cost("saved", "ms", []float64{3}, []float64{2}, Aim{}),
				Cost("mfa", "ms", []float64{1}, []float64{2}, Aim{}),
			}},
			{ID: "old", What: "the same", Baseline: "the build before", Missing: "no such commit"},
		},
		Growth: []Curve{
			{ID: "list", What: "`pcc list`", Build: "now", Points: []Point{
				{Connectors: 10, WallMS: Spread{Median: 12}, CPUMS: Spread{Median: 11}}, {Connectors: 10_000, WallMS: Spread{Median: 1234}, CPUMS: Spread{Median: 1500}},
			}},
			{ID: "list", What: "`pcc list`", Build: "before", Points: []Point{{Connectors: 100, WallMS: Spread{Median: 100}}}},
		},
	}
}

func TestTables(t *testing.T) {
	t.Parallel()
	want := "| what | figure | ours | baseline | ratio (least to most) | aim | |\n" +
		"|---|---|---|---|---|---|---|\n" +
		"| `pcc token` (`token`), beside `secret-tool` | wall | 25.0 ms | 10.0 ms | **2.50×** (2.00 to 3.00) | ≤ 2.2× | missed |\n" +
		"|  | CPU | 0.05 ms | 0.10 ms | **0.50×** (0.50 to 0.50) |  |  |\n" +
		"| size (`size`) | pcc | 12.3 MB |  |  | ≤ 13.5 MB | met |\n" +
		"| idle (`idle`), beside a window | saved, the greatest of 3 | 3.00 ms | 2.00 ms | **1.50×** (1.50 to 1.50) |  |  |\n" +
		"| the same (`old`), beside the build before |  |  |  |  |  | not measured: no such commit |\n" +
		"\nMeasured on CPU, 2 cores, 8 GB, Debian, kernel 6.1, go1.26.\n" +
		"\n- `token` misses its aim: it is slow.\n"
	if got := example().Table(Reasons{"token": "it is slow."}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := example().Table(nil); !strings.Contains(got, "- `token` misses its aim: nobody has said why yet.\n") {
		t.Errorf("without a reason:\n%s", got)
	}
	want = "| wall ms (CPU ms) | build | 10 | 100 | 1,000 | 10,000 |\n|---|---|---|---|---|---|\n" +
		"| `pcc list` | now | 12.0 (11.0) |  |  | 1234 (1500) |\n| `pcc list` | before |  | 100 (0) |  |  |\n"
	if got := example().GrowthTable(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	want = "  wall                                 ours 25.0 ms (20.0 to 30.0)   baseline 10.0 ms (10.0 to 10.0)   ratio 2.50 × (2.00 to 3.00)   aim ≤ 2.2×: missed\n" +
		"  CPU                                  ours 0.05 ms (0.05 to 0.05)   baseline 0.10 ms (0.10 to 0.10)   ratio 0.50 × (0.50 to 0.50)\n  (7 s)"
	if got := example().Rows[0].Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestThePlotIsAPicture checks that the plot is XML, that it has a line for each curve and one in the legend for each build, and that its
// points stand where they should: ten connectors at the left edge, 10,000 at the right one, the more milliseconds the higher.
func TestThePlotIsAPicture(t *testing.T) {
	t.Parallel()
	plot, err := example().Plot()
	if err != nil {
		t.Fatal(err)
	}
	thick, dots := 0, [][2]string{}
	for d := xml.NewDecoder(strings.NewReader(string(plot))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attributes := map[string]string{}
		for _, a := range element.Attr {
			attributes[a.Name.Local] = a.Value
		}
		switch {
		case element.Name.Local == "polyline" && attributes["stroke-width"] == "2":
			thick++
		case element.Name.Local == "circle":
			dots = append(dots, [2]string{attributes["cx"], attributes["cy"]})
		}
	}
	if thick != 4 {
		t.Errorf("%d lines, want 4", thick)
	}
	// The panel is 260 high and goes from 10 ms, at 230, to 10,000 ms, at 30.
	want := [][2]string{{"60", "224.7"}, {"352", "90.6"}, {"157.3", "163.3"}}
	if len(dots) != 3 || dots[0] != want[0] || dots[1] != want[1] || dots[2] != want[2] {
		t.Errorf("the points stand at %v, want %v", dots, want)
	}
}

func TestAPlotOfNothing(t *testing.T) {
	t.Parallel()
	if plot, err := (Results{}).Plot(); err != nil || strings.Contains(string(plot), "circle") {
		t.Errorf("%v\n%s", err, plot)
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	got, err := Fill("a\n<!-- bench x -->\nold\n<!-- end of bench x -->\nb\n", "x", "new\n\n")
	if err != nil || got != "a\n<!-- bench x -->\nnew\n<!-- end of bench x -->\nb\n" {
		t.Errorf("%q, %v", got, err)
	}
	for _, document := range []string{"", "<!-- bench x -->\n", "<!-- bench y -->\n<!-- end of bench y -->"} {
		if _, err := Fill(document, "x", "new"); !errors.Is(err, errNoPlace) {
			t.Errorf("%q: %v", document, err)
		}
	}
}

// TestDocumentsShowTheResults checks that README.md, bench/README.md and the plot are those of bench/results.json, and that whatever misses
// its aim has a reason.
func TestDocumentsShowTheResults(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	results, err := Read(filepath.Join(root, "bench", "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	documents, err := Documents(root, results)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range documents {
		got, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
		if err != nil || string(got) != want {
			t.Errorf("%s does not show bench/results.json (%v): go run ./bench/documents", path, err)
		}
	}
	text, err := os.ReadFile(filepath.Join(root, "bench", "reasons.toml"))
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := ReadReasons(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range results.Rows {
		if row.Misses() && strings.TrimSpace(reasons[row.ID]) == "" {
			t.Errorf("%s misses its aim, and bench/reasons.toml does not say why", row.ID)
		}
		delete(reasons, row.ID)
	}
	for id := range reasons {
		t.Errorf("bench/reasons.toml has a reason for %s, which was not measured", id)
	}
}

func TestReasonsThatCanNotBeRead(t *testing.T) {
	t.Parallel()
	if _, err := ReadReasons([]byte("token = 3")); err == nil {
		t.Error("a number was taken for a reason")
	}
}
