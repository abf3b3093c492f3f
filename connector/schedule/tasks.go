package schedule

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"partner-center-connector/connector"
)

// taskName begins the name of the task, which the account's SID ends: all accounts of a computer share one folder of tasks.
const taskName = "Partner Center Connector check "

// tasks is Windows' Task Scheduler.
type tasks struct{ host }

func (t tasks) kind() connector.ScheduleKind { return connector.ScheduleWindows }

func (t tasks) name() string { return taskName + t.uid }

func (t tasks) usable(context.Context) bool {
	_, err := t.lookPath("schtasks")
	return err == nil
}

// plan calls the program with the account's own token, while it is signed in: no password is stored, and no right asked for.
func (t tasks) plan(argv []string) (connector.SchedulePlan, error) {
	text, err := xml.MarshalIndent(t.task(argv), "", "  ")
	return connector.SchedulePlan{
		Parts:    []connector.SchedulePart{{Place: t.name(), Text: taskHeader + string(text) + "\n"}},
		Commands: []string{t.compose(t.create("FILE"))},
	}, err
}

// create is the command that registers the task of a file.
func (t tasks) create(file string) []string {
	return []string{"schtasks", "/Create", "/TN", t.name(), "/XML", file, "/F"}
}

func (t tasks) present(ctx context.Context) ([]connector.SchedulePart, error) {
	text, err := t.query(ctx)
	if err != nil {
		return nil, nil //nolint:nilerr // what can't be read is not there: the tool tells why in the language of the system alone
	}
	return []connector.SchedulePart{{Place: t.name(), Text: text}}, nil
}

func (t tasks) query(ctx context.Context) (string, error) {
	return t.run(ctx, "", "schtasks", "/Query", "/TN", t.name(), "/XML")
}

// same compares what was asked for, since Windows adds to a task what it knows of it, and leaves out what is so anyway.
func (t tasks) same(planned, found connector.SchedulePart) bool {
	a, err := readTask(planned.Text)
	if err != nil {
		return false
	}
	b, err := readTask(found.Text)
	return err == nil && reflect.DeepEqual(a.essence(), b.essence())
}

func (t tasks) followed(ctx context.Context, status *connector.Schedule) {
	text, err := t.query(ctx)
	if err != nil {
		return
	}
	found, err := readTask(text)
	status.Active = err == nil && isOn(found.Settings.Enabled) && slices.ContainsFunc(found.Triggers, func(d dailyTrigger) bool { return isOn(d.Enabled) })
}

// install hands the task over in a file, which is gone when it returns.
func (t tasks) install(ctx context.Context, plan connector.SchedulePlan) error {
	f, err := os.CreateTemp("", "pcc-schedule-*.xml")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(plan.Parts[0].Text)
	if err == nil {
		_, err = f.WriteString(text)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	_, err = t.run(ctx, "", t.create(f.Name())...)
	return err
}

func (t tasks) remove(ctx context.Context) error {
	if there, err := t.present(ctx); err != nil || len(there) == 0 {
		return err
	}
	_, err := t.run(ctx, "", "schtasks", "/Delete", "/TN", t.name(), "/F")
	return err
}

// taskHeader names the encoding in which the file is written.
const taskHeader = `<?xml version="1.0" encoding="UTF-16"?>` + "\n"

// task is a task in the form of Windows, as much of it as is asked for.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-tsch/0d6383e4-de92-43e7-b0bb-a60cfa36379f
type task struct {
	XMLName     xml.Name       `xml:"http://schemas.microsoft.com/windows/2004/02/mit/task Task"`
	Version     string         `xml:"version,attr"`
	Description string         `xml:"RegistrationInfo>Description"`
	Triggers    []dailyTrigger `xml:"Triggers>CalendarTrigger"`
	Principal   principal      `xml:"Principals>Principal"`
	Settings    taskSettings   `xml:"Settings"`
	Actions     taskActions    `xml:"Actions"`
}

type dailyTrigger struct {
	Enabled       string `xml:"Enabled"`
	StartBoundary string `xml:"StartBoundary"`
	RandomDelay   string `xml:"RandomDelay"`
	DaysInterval  int    `xml:"ScheduleByDay>DaysInterval"`
}

type principal struct {
	ID        string `xml:"id,attr"`
	UserID    string `xml:"UserId"`
	LogonType string `xml:"LogonType"`
	RunLevel  string `xml:"RunLevel"`
}

type taskSettings struct {
	MultipleInstancesPolicy    string `xml:"MultipleInstancesPolicy"`
	DisallowStartIfOnBatteries string `xml:"DisallowStartIfOnBatteries"`
	StopIfGoingOnBatteries     string `xml:"StopIfGoingOnBatteries"`
	StartWhenAvailable         string `xml:"StartWhenAvailable"`
	WakeToRun                  string `xml:"WakeToRun"`
	Enabled                    string `xml:"Enabled"`
	ExecutionTimeLimit         string `xml:"ExecutionTimeLimit"`
}

type taskActions struct {
	Context   string `xml:"Context,attr"`
	Command   string `xml:"Exec>Command"`
	Arguments string `xml:"Exec>Arguments"`
}

// task is the task that calls a command line, several times a day: Windows starts nothing again because of its exit code.
func (t tasks) task(argv []string) task {
	triggers := []dailyTrigger{}
	for _, at := range hours {
		start := fmt.Sprintf("2026-01-01T%02d:00:00", at)
		triggers = append(triggers, dailyTrigger{Enabled: "true", StartBoundary: start, RandomDelay: "PT10M", DaysInterval: 1})
	}
	return task{
		Version: "1.2", Description: "Partner Center Connector: daily check of the connectors",
		Triggers:  triggers,
		Principal: principal{ID: "Author", UserID: t.uid, LogonType: "InteractiveToken", RunLevel: "LeastPrivilege"},
		Settings: taskSettings{
			MultipleInstancesPolicy: "IgnoreNew", DisallowStartIfOnBatteries: "false", StopIfGoingOnBatteries: "false", StartWhenAvailable: "true",
			WakeToRun: "false", Enabled: "true", ExecutionTimeLimit: "PT2H",
		},
		Actions: taskActions{Context: "Author", Command: argv[0], Arguments: t.compose(argv[1:])},
	}
}

// essence is a task without what Windows writes in another way: the account by its name, defaults by leaving them out, and, in a language whose letters the tool
// can't print, a path.
func (t task) essence() task {
	t.XMLName, t.Version, t.Description = xml.Name{}, "", ""
	t.Principal.ID, t.Principal.UserID, t.Actions.Context = "", "", ""
	if t.Principal.RunLevel == "" {
		t.Principal.RunLevel = "LeastPrivilege"
	}
	t.Triggers = slices.Clone(t.Triggers)
	for i := range t.Triggers {
		t.Triggers[i].Enabled = cmp.Or(t.Triggers[i].Enabled, "true")
	}
	for _, on := range []*string{&t.Settings.Enabled, &t.Settings.DisallowStartIfOnBatteries, &t.Settings.StopIfGoingOnBatteries} {
		if *on == "" {
			*on = "true"
		}
	}
	for _, off := range []*string{&t.Settings.StartWhenAvailable, &t.Settings.WakeToRun} {
		if *off == "" {
			*off = "false"
		}
	}
	if t.Settings.MultipleInstancesPolicy == "" {
		t.Settings.MultipleInstancesPolicy = "IgnoreNew"
	}
	t.Actions.Command, t.Actions.Arguments = printable(strings.Trim(t.Actions.Command, `"`)), printable(t.Actions.Arguments)
	return t
}

// printable leaves out what a tool of Windows prints in its own way.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf || r == '?' {
			return -1
		}
		return r
	}, text)
}

func isOn(value string) bool { return value == "" || value == "true" }

// readTask reads a task, in UTF-16 or, as the tool prints it, in the encoding of the console, whatever its header says.
func readTask(text string) (task, error) {
	var t task
	if decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().String(text); err == nil {
		text = decoded
	}
	text = strings.ToValidUTF8(text, "?")
	if i := strings.Index(text, "<Task"); i >= 0 {
		text = text[i:]
	}
	err := xml.Unmarshal([]byte(text), &t)
	return t, err
}
